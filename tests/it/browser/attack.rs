//! Markup, scripts and their kin in every field that takes words: nothing runs, nothing loads, and the words are shown as words.

use super::driver::in_a_browser;
use crate::serve::server::Server;
use serde_json::json;
use std::time::Duration;

/// Two hundred payloads: shapes times what they would do.
fn payloads() -> Vec<String> {
    let shapes = [
        "<script>{}</script>",
        "<img src=x onerror={}>",
        "<svg onload={}>",
        "<svg><script>{}</script></svg>",
        "\"><script>{}</script>",
        "'><img src=x onerror={}>",
        "</textarea><script>{}</script>",
        "</title><script>{}</script>",
        "<iframe src=javascript:{}></iframe>",
        "<a href=javascript:{}>x</a>",
        "<body onload={}>",
        "<details open ontoggle={}>",
        "<input autofocus onfocus={}>",
        "<video><source onerror={}></video>",
        "<math><mtext><script>{}</script></mtext></math>",
        "<template><script>{}</script></template>",
        "<style>@import 'http://evil.example/{}';</style>",
        "<link rel=stylesheet href=http://evil.example/{}>",
        "<meta http-equiv=refresh content='0;url=http://evil.example/?{}'>",
        "<base href=http://evil.example/{}>",
        "<object data=javascript:{}></object>",
        "<form action=http://evil.example/{}><button>x</button></form>",
        "<noscript><p title=\"</noscript><img src=x onerror={}>\">",
        "<!--><script>{}</script>-->",
        "]]><script>{}</script>",
        "{{{{constructor.constructor('{}')()}}}}",
        "${{{}}}",
        "<%= {} %>",
        "\\u003cscript\\u003e{}\\u003c/script\\u003e",
        "&lt;script&gt;{}&lt;/script&gt;",
        "&#60;script&#62;{}&#60;/script&#62;",
        "\u{202e}<script>{}</script>",
        "\u{1b}[31m<script>{}</script>",
        "<scr\u{0}ipt>{}</scr\u{0}ipt>",
        "<ScRiPt>{}</sCrIpT>",
        "<script\t>{}</script\n>",
        "*<img src=x onerror={}>*",
        "*</span><script>{}</script>*",
        "<p id=told>{}</p>",
        "<button data-ask='{{\"ask\":\"close_room\"}}'>{}</button>",
    ];
    let deeds = ["window.pwned=1", "document.title='pwned'", "fetch('http://evil.example')", "alert(1)", "parent.pwned=1"];
    shapes.iter().flat_map(|shape| deeds.iter().map(move |deed| shape.replace("{}", deed).replace("{{", "{").replace("}}", "}"))).collect()
}

#[test]
fn two_hundred_payloads_in_every_field_run_nothing() {
    let all = payloads();
    assert_eq!(all.len(), 200);
    in_a_browser("markup in every field", |driver| async move {
        let server = Server::start();
        let url = format!("http://localhost:{}", server.address.port());
        let (phone, laptop, wall) = (driver.window(320, 640).await, driver.window(1280, 800).await, driver.window(1920, 1080).await);
        let teacher = server.teach();
        laptop.go(&format!("{url}/teach#{}", server.teach)).await;
        wall.go(&format!("{url}/wall#{}", server.wall)).await;
        phone.go(&format!("{url}/?code={}", server.code)).await;
        phone.press("Join").await;
        phone.sees("You are in").await;
        // A field of its own for each: the code in an address, a reply, a proposal, a label, what the instructor says on the wall.
        let payloads = payloads();
        for payload in payloads.iter().step_by(20) {
            let encoded: String = payload.bytes().map(|byte| format!("%{byte:02x}")).collect();
            assert!(!server.get(&format!("/?code={encoded}"), "").body.contains("pwned"));
        }
        server.ask(&teacher, &json!({"ask": "set", "what": "practice", "on": true}));
        let guests: Vec<String> = (0..40).map(|_| server.join()).collect();
        let ask = |cookie: &str, ask: &serde_json::Value| {
            let answer = server.post("/seat/do", cookie, ask);
            assert!(matches!(answer.status, 200 | 409), "{ask}: {} {}", answer.status, answer.body);
        };
        let check = async |when: &str| {
            tokio::time::sleep(Duration::from_millis(700)).await;
            for (page, name) in [(&phone, "phone"), (&laptop, "instructor"), (&wall, "projector")] {
                let found = page.run("return [window.pwned === undefined, !document.title.includes('pwned'), document.querySelectorAll('script').length, document.querySelectorAll('iframe,object,base,style,link[rel=stylesheet][href*=evil],img,video,template,[onerror],[onload],[onfocus],[ontoggle]').length, performance.getEntriesByType('resource').filter(r => !r.name.startsWith(location.origin)).length]").await;
                assert_eq!(found, json!([true, true, 1, 0, 0]), "{name}, {when}");
            }
        };
        // Replies: the phone's own student says five at a time, guests say the rest where the instructor's board and the debrief show them.
        server.ask(&teacher, &json!({"ask": "start", "format": "relay", "scenario": "samantha"}));
        for (at, payload) in payloads.iter().enumerate() {
            server.ask(&teacher, &json!({"ask": "say", "spot": "wall", "words": payload}));
            if at % 25 == 24 {
                check(&format!("replies up to {at}")).await;
            }
            if !server.state("/wall", &teacher).contains("The next one speaks") {
                server.ask(&teacher, &json!({"ask": "finish"}));
                server.ask(&teacher, &json!({"ask": "start", "format": "relay", "scenario": "samantha"}));
            }
        }
        server.ask(&teacher, &json!({"ask": "debrief"}));
        for step in 0..4 {
            server.ask(&teacher, &json!({"ask": "step", "to": step}));
            check("relay's debrief").await;
        }
        server.ask(&teacher, &json!({"ask": "finish"}));
        // Labels and proposals.
        server.ask(&teacher, &json!({"ask": "start", "format": "fishbowl", "scenario": "samantha"}));
        for chunk in payloads.chunks(guests.len()) {
            for (guest, payload) in guests.iter().zip(chunk) {
                ask(guest, &json!({"ask": "propose", "words": payload}));
                ask(guest, &json!({"ask": "consent", "yes": true, "label": payload}));
            }
            server.ask(&teacher, &json!({"ask": "call_vote", "on": [0, 1, 2, 3, 4, 5]}));
            check("proposals").await;
            server.ask(&teacher, &json!({"ask": "gather"}));
            tokio::time::sleep(Duration::from_millis(600)).await;
        }
        server.ask(&teacher, &json!({"ask": "finish"}));
        // One's own session, its debrief, and what is taken home.
        server.ask(&teacher, &json!({"ask": "start", "format": "everyone", "scenario": "samantha"}));
        for chunk in payloads.chunks(guests.len()) {
            for (guest, payload) in guests.iter().zip(chunk) {
                ask(guest, &json!({"ask": "say", "spot": "own", "words": payload}));
            }
        }
        phone.types("#words", "<img src=x onerror=window.pwned=1>").await;
        phone.press("Say it").await;
        phone.sees("<img src=x").await;
        server.ask(&teacher, &json!({"ask": "debrief"}));
        server.ask(&teacher, &json!({"ask": "step", "to": 4}));
        for reply in 0..5 {
            let _ = server.post("/teach/do", &teacher, &json!({"ask": "release", "reply": reply, "shown": true}));
        }
        check("everyone's debrief").await;
        phone.go(&format!("{url}/seat/debrief?of=own")).await;
        check("a debrief").await;
        let (_keep, folder) = crate::serve::server::folder();
        let home = folder.join("board.html");
        std::fs::write(&home, server.get("/teach/board.html", &teacher).body).unwrap();
        phone.go(&format!("file://{}", home.display())).await;
        let found = phone.run("return [window.pwned === undefined, !document.title.includes('pwned'), document.querySelectorAll('script,iframe,object,base,img,video,[onerror],[onload]').length]").await;
        assert_eq!(found, json!([true, true, 0]), "what is taken home");
        for page in [phone, laptop, wall] {
            page.close().await;
        }
    });
}
