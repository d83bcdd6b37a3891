//! A real browser: Debian's chromium behind its chromedriver, headless. Where there is none, a test says that it was left out; with
//! `PRACTICUM_BROWSER=required` that is a failure.

#![allow(clippy::print_stderr)]

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running chromedriver. It ends with the test, and its browsers with it.
pub(crate) struct Driver {
    child: Child,
    url: String,
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a test in a browser, or says why not.
pub(crate) fn in_a_browser<F: Future<Output = ()>>(name: &str, test: impl FnOnce(Driver) -> F) {
    let Some(driver) = Driver::start() else {
        assert!(std::env::var("PRACTICUM_BROWSER").as_deref() != Ok("required"), "there is no chromedriver, and PRACTICUM_BROWSER=required");
        eprintln!("left out: {name}: there is no chromium with its chromedriver (Debian: chromium, chromium-driver)");
        return;
    };
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test(driver));
}

impl Driver {
    fn start() -> Option<Self> {
        let mut child = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let mut out = BufReader::new(child.stdout.take()?);
        let mut line = String::new();
        while out.read_line(&mut line).is_ok_and(|read| read > 0) {
            if let Some(port) = line.split("successfully on port ").nth(1).and_then(|rest| rest.trim().trim_end_matches('.').parse::<u16>().ok()) {
                std::thread::spawn(move || while out.read_line(&mut String::new()).is_ok_and(|read| read > 0) {});
                return Some(Self { child, url: format!("http://127.0.0.1:{port}") });
            }
            line.clear();
        }
        let _ = child.kill();
        None
    }

    /// A browser window of this size; under 500 columns as a phone.
    pub(crate) async fn window(&self, width: u32, height: u32) -> Page {
        let mut options = json!({"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", format!("--window-size={width},{height}")]});
        if width < 500 {
            options["mobileEmulation"] = json!({"deviceMetrics": {"width": width, "height": height, "pixelRatio": 1.0}});
        }
        let Value::Object(capabilities) = json!({"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}, "unhandledPromptBehavior": "accept"})
        else {
            unreachable!()
        };
        let client = ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&self.url).await.expect("a browser starts");
        Page { client }
    }
}

/// A window.
pub(crate) struct Page {
    pub(crate) client: Client,
}

impl Page {
    pub(crate) async fn go(&self, url: &str) {
        self.client.goto(url).await.unwrap();
    }

    pub(crate) async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Waits until the page's visible text holds this.
    pub(crate) async fn sees(&self, text: &str) {
        for _ in 0..150 {
            if self.text().await.contains(text) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(80)).await;
        }
        panic!("the page does not show {text:?}, but:\n{}", self.text().await);
    }

    pub(crate) async fn text(&self) -> String {
        self.client
            .execute("return document.body ? document.body.innerText : ''", Vec::new())
            .await
            .ok()
            .and_then(|text| text.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Presses the button with these words, wherever it stands.
    pub(crate) async fn press(&self, words: &str) {
        let script = "if (document.readyState !== 'complete') return false; window.confirm = () => true; const b = [...document.querySelectorAll('button')].find(b => b.textContent.trim() === arguments[0] && b.offsetParent !== null); if (!b) return false; b.scrollIntoView({block:'center'}); b.click(); return true";
        for _ in 0..60 {
            if self.client.execute(script, vec![json!(words)]).await.unwrap() == json!(true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(80)).await;
        }
        panic!("there is no button {words:?} in:\n{}", self.text().await);
    }

    /// Types into the field, key by key.
    pub(crate) async fn types(&self, selector: &str, text: &str) {
        self.client
            .wait()
            .at_most(Duration::from_secs(6))
            .for_element(Locator::Css(selector))
            .await
            .unwrap_or_else(|_| panic!("no {selector}"))
            .send_keys(text)
            .await
            .unwrap();
    }

    /// Chooses in the page as a click on it would.
    pub(crate) async fn click(&self, selector: &str) {
        let found = self.client.wait().at_most(Duration::from_secs(6)).for_element(Locator::Css(selector)).await.unwrap_or_else(|_| panic!("no {selector}"));
        self.client.execute("arguments[0].scrollIntoView({block:'center'}); arguments[0].click()", vec![serde_json::to_value(&found).unwrap()]).await.unwrap();
    }

    /// No violation that axe-core finds, at this size and at 200 % text.
    pub(crate) async fn is_accessible(&self, name: &str) {
        let Some(axe) = axe() else { return };
        for text in ["100%", "200%"] {
            self.client.execute("document.documentElement.style.fontSize = arguments[0]", vec![json!(text)]).await.unwrap();
            let wide = self.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth").await;
            assert!(wide.as_i64().unwrap_or(0) <= 1, "{name} at {text} scrolls sideways by {wide}");
            if self.run("return typeof axe").await != json!("object") {
                self.client.execute(&axe, Vec::new()).await.unwrap();
            }
            let script = "const done = arguments[arguments.length - 1]; axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | '))), e => done([String(e)]))";
            let found = self.client.execute_async(script, Vec::new()).await.unwrap();
            assert_eq!(found, json!([]), "{name} at {text}");
        }
        self.run("document.documentElement.style.fontSize = ''").await;
    }

    pub(crate) async fn close(self) {
        let _ = self.client.close().await;
    }
}

/// axe-core 4.14.1, as `.ci/run` puts it under `target/`.
fn axe() -> Option<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/axe/package/axe.min.js");
    let text = std::fs::read_to_string(file).ok();
    if text.is_none() {
        assert!(std::env::var("PRACTICUM_BROWSER").as_deref() != Ok("required"), "there is no axe-core under target/axe, and PRACTICUM_BROWSER=required");
        eprintln!("left out: accessibility by axe-core: it is not under target/axe (`.ci/run` puts it there)");
    }
    text
}
