//! Who gets in, and what they can do there: safety notes, "Classroom server", point by point.

use super::server::{Server, folder};
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const EVERY_ROUTE: [(&str, &str); 17] = [
    ("GET", "/"),
    ("GET", "/seat"),
    ("GET", "/seat/state"),
    ("GET", "/seat/stream"),
    ("GET", "/seat/debrief"),
    ("POST", "/seat/do"),
    ("GET", "/teach"),
    ("GET", "/teach/state"),
    ("GET", "/teach/stream"),
    ("GET", "/teach/board.html"),
    ("GET", "/teach/scores.csv?for=canvas"),
    ("POST", "/teach/do"),
    ("GET", "/wall"),
    ("GET", "/wall/state"),
    ("GET", "/wall/stream"),
    ("GET", "/static/page.js"),
    ("GET", "/nothing"),
];

#[test]
fn a_host_that_is_not_ours_gets_nothing_and_neither_does_another_sites_page() {
    let server = Server::start();
    let port = server.address.port();
    for host in
        ["evil.example", "127.0.0.1", "127.0.0.1:1", &format!("evil.example:{port}"), &format!("127.0.0.1:{port}.evil.example"), &format!("127.0.0.2:{port}")]
    {
        assert_eq!(server.request("GET", "/", &[("Host", host)], b"").status, 421, "{host}");
    }
    for host in [format!("localhost:{port}"), format!("LOCALHOST:{port}"), format!("127.0.0.1:{port}")] {
        assert_eq!(server.request("GET", "/", &[("Host", &host)], b"").status, 200, "{host}");
    }
    let code = json!({ "code": server.code }).to_string();
    for origin in [
        "http://evil.example",
        "null",
        "",
        &format!("https://127.0.0.1:{port}"),
        &format!("http://127.0.0.1:{port}.evil.example"),
        &format!("http://localhost:{port}"),
    ] {
        let answer = server.request("POST", "/join", &[("Origin", origin)], code.as_bytes());
        assert_eq!((answer.status, answer.header("set-cookie")), (403, None), "{origin}");
    }
    let fetched = |site: &str, mode: &str, dest: &str| {
        server.request("GET", "/", &[("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", dest)], b"").status
    };
    assert_eq!(fetched("cross-site", "cors", "empty"), 403);
    assert_eq!(fetched("cross-site", "navigate", "iframe"), 403);
    assert_eq!(fetched("cross-site", "navigate", "document"), 200);
    assert_eq!(fetched("same-origin", "cors", "empty"), 200);
}

#[test]
fn every_answer_forbids_what_a_page_was_not_written_for() {
    let server = Server::start();
    for (method, path) in EVERY_ROUTE {
        let answer = server.request(method, path, &[], b"{}");
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
    }
    for page in ["/", "/teach", "/wall"] {
        let body = server.get(page, "").body;
        assert!(!body.contains("<script>") && !body.contains("style=") && !body.contains(" onclick=") && !body.contains(" onload="), "{page}");
        assert!(!body.contains("http://") && !body.contains("https://"), "{page} names another address");
    }
}

#[test]
fn every_route_asks_whose_it_is() {
    let server = Server::start();
    let (student, teacher) = (server.join(), server.teach());
    for (method, path) in
        EVERY_ROUTE.iter().filter(|(_, path)| !matches!(*path, "/" | "/seat" | "/teach" | "/wall" | "/nothing" | "/static/page.js" | "/seat/debrief"))
    {
        for (whose, cookie) in
            [("nobody", ""), ("student", student.as_str()), ("teacher", teacher.as_str()), ("forged", "practicum_seat=0; practicum_teach=0; practicum_wall=0")]
        {
            let may = (whose == "student" && path.starts_with("/seat")) || (whose == "teacher" && !path.starts_with("/seat"));
            if path.ends_with("/stream") && may {
                continue;
            }
            let status = server.request(method, path, &[("Cookie", cookie)], b"{}").status;
            assert_eq!(status != 401, may, "{whose} {method} {path}: {status}");
        }
    }
    // A student's token is no instructor's, whatever the cookie is called.
    let stolen = student.replace("practicum_seat", "practicum_teach");
    assert_eq!(server.get("/teach/state", &stolen).status, 401);
    assert_eq!(server.post("/teach/do", &stolen, &json!({"ask": "close_room"})).status, 401);
    assert_eq!(server.post("/seat/do", &student, &json!({"ask": "close_room"})).status, 409);
}

#[test]
fn nothing_is_changed_by_get() {
    let server = Server::start();
    let teacher = server.teach();
    let before = server.state("/teach", &teacher);
    for path in ["/join", "/join?code=x", "/seat/do", "/teach/do", "/teach/enter", "/wall/enter"] {
        for method in ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"] {
            let status = server.request(method, path, &[("Cookie", &teacher)], br#"{"ask":"close_room"}"#).status;
            assert_eq!(status, 405, "{method} {path}");
        }
    }
    assert_eq!(server.state("/teach", &teacher), before);
}

#[test]
fn a_token_is_long_hidden_from_scripts_and_new_at_every_join() {
    let server = Server::start();
    let answer = server.post("/join", "", &json!({ "code": server.code }));
    let set = answer.header("set-cookie").unwrap();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict") && set.contains("Path=/"), "{set}");
    let first = answer.cookie();
    assert_eq!(first.strip_prefix("practicum_seat=").unwrap().len(), 32);
    let name = |cookie: &str| serde_json::from_str::<serde_json::Value>(&server.state("/seat", cookie)).unwrap()["set"]["title"].as_str().unwrap().to_owned();
    let mine = name(&first);
    let again = server.post("/join", &first, &json!({ "code": server.code })).cookie();
    assert_ne!(again, first);
    assert_eq!(name(&again), mine, "the same seat");
    assert_eq!(server.get("/seat/state", &first).status, 401, "the old token opens nothing");
    // Neither a page nor its state gives the token to a script, and the log keeps its hash only.
    let token = again.split_once('=').unwrap().1;
    assert!(!server.state("/seat", &again).contains(token) && !server.get("/seat", &again).body.contains(token));
}

#[test]
fn guesses_are_slowed_and_then_a_right_code_waits_in_the_lobby() {
    let server = Server::start();
    for guess in ["", "ABC", "222222", "ZZZZZZ", "<b>", "' OR 1=1"] {
        let answer = server.post("/join", "", &json!({ "code": guess }));
        assert_eq!((answer.status, answer.header("set-cookie")), (403, None));
        assert!(answer.sentence().contains("opens no room"), "{}", answer.sentence());
    }
    let student = server.join();
    assert!(server.state("/seat", &student).contains("You are in the lobby"));
    let teacher = server.post("/teach/enter", "", &json!({ "secret": server.teach }));
    assert_eq!(teacher.status, 403);
    assert!(teacher.sentence().contains("Try again in"), "{}", teacher.sentence());
    for body in ["", "{", "[]", "null", r#"{"code":7}"#, r#"{"code":"A","more":1}"#, &"[".repeat(10_000)] {
        assert_eq!(server.request("POST", "/join", &[], body.as_bytes()).status, 400, "{body:.20}");
    }
}

#[test]
fn the_projector_has_a_secret_of_its_own_that_only_shows() {
    let server = Server::start();
    assert_eq!(server.post("/wall/enter", "", &json!({ "secret": server.teach })).status, 403);
    let wall = server.post("/wall/enter", "", &json!({ "secret": server.wall })).cookie();
    assert!(server.state("/wall", &wall).contains(&server.code));
    assert_eq!(server.get("/teach/state", &wall).status, 401);
    assert_eq!(server.post("/teach/do", &wall.replace("wall", "teach"), &json!({"ask": "close_room"})).status, 401);
}

#[test]
fn the_door_can_be_closed_and_who_was_removed_is_out() {
    let server = Server::start();
    let (student, teacher) = (server.join(), server.teach());
    server.ask(&teacher, &json!({"ask": "set", "what": "door", "on": false}));
    let late = server.post("/join", "", &json!({ "code": server.code }));
    assert!(late.status == 403 && late.sentence().contains("door"), "{}", late.sentence());
    assert_eq!(server.post("/join", &student, &json!({ "code": server.code })).status, 200, "who is in comes back");
    server.ask(&teacher, &json!({"ask": "set", "what": "door", "on": true}));
    server.ask(&teacher, &json!({"ask": "set", "what": "approving", "on": true}));
    let waiting = server.join();
    assert!(server.state("/seat", &waiting).contains("lobby"));
    server.ask(&teacher, &json!({"ask": "approve", "seat": 2}));
    assert!(server.state("/seat", &waiting).contains("You are in"));
    server.ask(&teacher, &json!({"ask": "remove", "seat": 2}));
    assert_eq!(server.get("/seat/state", &waiting).status, 401);
}

#[test]
fn what_is_too_large_too_fast_or_too_slow_is_let_go_and_the_class_goes_on() {
    let server = Server::start();
    let (student, teacher) = (server.join(), server.teach());
    server.ask(&teacher, &json!({"ask": "start", "format": "everyone", "scenario": "samantha"}));
    let say = |words: &str| server.post("/seat/do", &student, &json!({"ask": "say", "spot": "own", "words": words}));
    assert_eq!(say(&"a".repeat(1 << 20)).status, 413);
    assert!(say(&"a".repeat(5000)).sentence().contains("fewer words"));
    let statuses: Vec<u16> = (0..30).map(|_| say("Take your time.").status).collect();
    assert!(statuses.contains(&429) && statuses.iter().all(|status| matches!(status, 200 | 429)), "{statuses:?}");
    // A head that never ends.
    let started = Instant::now();
    let mut slow = TcpStream::connect(server.address).unwrap();
    slow.set_read_timeout(Some(Duration::from_secs(15))).unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest);
    assert!(started.elapsed() < Duration::from_secs(9), "{:?}", started.elapsed());
    std::thread::sleep(Duration::from_millis(600));
    assert_eq!(say("Still here.").status, 200);
}

#[test]
fn nothing_that_was_said_stands_in_what_the_program_prints() {
    let server = Server::start();
    let (student, teacher) = (server.join(), server.teach());
    server.ask(&teacher, &json!({"ask": "start", "format": "everyone", "scenario": "samantha"}));
    let words = "quokkas and lighthouses";
    assert_eq!(server.post("/seat/do", &student, &json!({"ask": "say", "spot": "own", "words": words})).status, 200);
    server.post("/seat/do", &student, &json!({"ask": "say", "spot": "nowhere", "words": words}));
    let said = server.everything_said();
    assert!(!said.contains("quokkas") && !said.contains(student.split_once('=').unwrap().1), "{said}");
}

#[test]
fn a_port_that_is_taken_is_a_plain_sentence_with_the_next_step() {
    let server = Server::start();
    let port = server.address.port().to_string();
    let (_keep, path) = folder();
    let (_, err, code) = crate::cli::told(&mut crate::cli::practicum(&["serve", "--port", &port, "--data-dir", path.to_str().unwrap()]));
    assert_eq!(code, 3);
    assert!(err.contains(&format!("Port {port} is in use")) && err.contains("--port"), "{err}");
}

#[test]
fn a_certificate_that_is_none_is_a_plain_sentence() {
    let (_keep, path) = folder();
    let file = path.join("cert.pem");
    std::fs::write(&file, "no certificate").unwrap();
    let file = file.to_str().unwrap();
    let (_, err, code) = crate::cli::told(&mut crate::cli::practicum(&["serve", "--port", "0", "--cert", file, "--key", file]));
    assert!(code == 2 && err.contains("certificate"), "{err}");
}

#[test]
fn with_a_certificate_it_speaks_tls_and_the_cookie_never_travels_in_clear() {
    use std::sync::Arc;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio_rustls::TlsConnector;
    use tokio_rustls::rustls::pki_types::pem::PemObject;
    use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
    use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};
    // Made for this test alone, for the name `localhost`; it opens nothing anywhere.
    let sample = |name: &str| format!("{}/tests/sample/tls/{name}.pem", env!("CARGO_MANIFEST_DIR"));
    let (_keep, path) = folder();
    let server = Server::at(&path, &["--port", "0", "--cert", &sample("cert"), "--key", &sample("key")]);
    assert_ne!(server.get("/", "").status, 200, "nothing in clear");
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(sample("cert")).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider())).with_safe_default_protocol_versions().unwrap();
    let connector = TlsConnector::from(Arc::new(config.with_root_certificates(roots).with_no_client_auth()));
    let answer = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
        let mut stream = connector.connect(ServerName::try_from("localhost").unwrap(), stream).await.unwrap();
        let (port, body) = (server.address.port(), json!({ "code": server.code }).to_string());
        let head = format!(
            "POST /join HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: https://localhost:{port}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all).await;
        String::from_utf8_lossy(&all).into_owned()
    });
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("; Secure"), "{answer}");
}

#[test]
fn on_a_network_it_says_in_plain_words_who_can_see_what() {
    let says = |args: &[&str], words: &str| {
        let (_keep, path) = folder();
        let server = Server::at(&path, args);
        for _ in 0..50 {
            if server.everything_said().replace('\n', " ").contains(words) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("{words}: {}", server.everything_said());
    };
    says(&["--port", "0"], "Only this machine can open these pages");
    says(&["--port", "0", "--lan"], "this network is trusted");
    says(&["--port", "0", "--no-save"], "nothing of this room is kept");
}

#[test]
fn asked_to_end_it_ends_although_pages_are_open() {
    let mut server = Server::start();
    let student = server.join();
    let mut open = TcpStream::connect(server.address).unwrap();
    write!(open, "GET /seat/stream HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {student}\r\n\r\n", server.address.port()).unwrap();
    let mut first = [0; 64];
    open.read_exact(&mut first).unwrap();
    let took = server.end().expect("it ends");
    assert!(took < 2500, "{took} ms");
}
