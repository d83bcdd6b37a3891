//! The program serving a room, and the smallest client that speaks to it: one request a connection.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A running server. It ends with the test.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    pub(crate) code: String,
    pub(crate) teach: String,
    pub(crate) wall: String,
    /// Everything the program said, on both streams.
    pub(crate) said: Arc<Mutex<String>>,
    _folder: Option<tempfile::TempDir>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// A server with a folder of its own.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut server = Self::at(folder.path(), &["--port", "0"]);
        server._folder = Some(folder);
        server
    }

    /// A server on this folder.
    pub(crate) fn at(folder: &Path, args: &[&str]) -> Self {
        let program = assert_cmd::cargo::cargo_bin("practicum");
        let mut command = Command::new(program);
        command.arg("serve").args(args).arg("--data-dir").arg(folder);
        Self::run(command)
    }

    /// A server by this command line.
    pub(crate) fn run(mut command: Command) -> Self {
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).env_remove("PRACTICUM_SCENARIOS").spawn().expect("the program runs");
        let said = Arc::new(Mutex::new(String::new()));
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut err = BufReader::new(child.stderr.take().unwrap());
        let beside = Arc::clone(&said);
        std::thread::spawn(move || {
            let mut line = String::new();
            while err.read_line(&mut line).is_ok_and(|read| read > 0) {
                beside.lock().unwrap().push_str(&std::mem::take(&mut line));
            }
        });
        let mut links = BTreeMap::new();
        let mut code = String::new();
        while links.len() < 3 {
            let mut line = String::new();
            let read = out.read_line(&mut line).unwrap();
            said.lock().unwrap().push_str(&line);
            assert!(read > 0, "the program ended: {}", said.lock().unwrap());
            for who in ["Students:", "Instructor:", "Projector:"] {
                if let Some(rest) = line.strip_prefix(who) {
                    let mut words = rest.split_whitespace();
                    links.insert(who, words.next().unwrap().to_owned());
                    if let Some("code") = words.next() {
                        code = words.next().unwrap().to_owned();
                    }
                }
            }
        }
        let beside = Arc::clone(&said);
        std::thread::spawn(move || {
            let mut line = String::new();
            while out.read_line(&mut line).is_ok_and(|read| read > 0) {
                beside.lock().unwrap().push_str(&std::mem::take(&mut line));
            }
        });
        let port: u16 = links["Students:"].trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
        let secret = |who: &str| links[who].split_once('#').unwrap().1.to_owned();
        Self { child, address: SocketAddr::from(([127, 0, 0, 1], port)), code, teach: secret("Instructor:"), wall: secret("Projector:"), said, _folder: None }
    }

    /// As a power cut ends it.
    pub(crate) fn kill(mut self) -> u16 {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.address.port()
    }

    /// Asks it to end; whether it did within a time, in milliseconds.
    #[cfg(unix)]
    pub(crate) fn end(&mut self) -> Option<u128> {
        let started = std::time::Instant::now();
        Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status().unwrap();
        for _ in 0..100 {
            if self.child.try_wait().unwrap().is_some() {
                return Some(started.elapsed().as_millis());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        None
    }

    /// One request, with these headers beside the usual ones.
    pub(crate) fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let host = format!("127.0.0.1:{}", self.address.port());
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            head += &format!("Host: {host}\r\n");
        }
        if method == "POST" && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("origin")) {
            head += &format!("Origin: http://{host}\r\nContent-Type: application/json\r\n");
        }
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            head += &format!("{name}: {value}\r\n");
        }
        // A server that has answered already may not read the rest of a body: that is no failure of the test.
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(b"\r\n")).and_then(|()| stream.write_all(body));
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        Answer::read(&String::from_utf8_lossy(&all))
    }

    pub(crate) fn get(&self, path: &str, cookie: &str) -> Answer {
        self.request("GET", path, &[("Cookie", cookie)], b"")
    }

    pub(crate) fn post(&self, path: &str, cookie: &str, body: &serde_json::Value) -> Answer {
        self.request("POST", path, &[("Cookie", cookie)], body.to_string().as_bytes())
    }

    /// A student comes in: the cookie to come back with.
    pub(crate) fn join(&self) -> String {
        let answer = self.post("/join", "", &serde_json::json!({ "code": self.code }));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.cookie()
    }

    /// The instructor comes in.
    pub(crate) fn teach(&self) -> String {
        let answer = self.post("/teach/enter", "", &serde_json::json!({ "secret": self.teach }));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.cookie()
    }

    /// What a page shows now, as text.
    pub(crate) fn state(&self, of: &str, cookie: &str) -> String {
        let answer = self.get(&format!("{of}/state"), cookie);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }

    /// An instructor asks; it works.
    pub(crate) fn ask(&self, teacher: &str, ask: &serde_json::Value) {
        let answer = self.post("/teach/do", teacher, ask);
        assert_eq!(answer.status, 200, "{ask}: {}", answer.body);
    }

    pub(crate) fn everything_said(&self) -> String {
        self.said.lock().unwrap().clone()
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    fn read(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok()).unwrap_or(0);
        let headers = lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_owned())).collect();
        Self { status, headers, body: body.to_owned() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// `name=value` of the cookie that was set.
    pub(crate) fn cookie(&self) -> String {
        self.header("set-cookie").and_then(|cookie| cookie.split(';').next()).unwrap_or_default().to_owned()
    }

    /// The sentence for the person.
    pub(crate) fn sentence(&self) -> String {
        serde_json::from_str::<serde_json::Value>(&self.body).ok().and_then(|body| body["say"].as_str().map(str::to_owned)).unwrap_or_else(|| self.body.clone())
    }
}

/// A folder for a test that needs it twice.
pub(crate) fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    (folder, path)
}
