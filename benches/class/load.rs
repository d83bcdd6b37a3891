//! A load generator: a class of students who all join at once, keep a page open each, and say something every second; then the server is killed.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What was measured. Times in milliseconds.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    /// From the first join to the last answer.
    pub(crate) all_joined: f64,
    /// 99 of 100 joins took at most this.
    pub(crate) join_p99: f64,
    /// Turns that were acknowledged.
    pub(crate) turns: usize,
    /// Requests that were not answered as they should be.
    pub(crate) errors: usize,
    /// Half of the turns took at most this.
    pub(crate) turn_p50: f64,
    /// 99 of 100 turns took at most this, from the first byte sent to the acknowledgement, on the disk.
    pub(crate) turn_p99: f64,
    /// After something changed for all: when the last student had it, in the slowest of a hundred such changes.
    pub(crate) last_reached_p99: f64,
    /// The server's memory at its highest, in MiB.
    pub(crate) memory: f64,
    /// After a kill: until it answers again with every turn.
    pub(crate) back: f64,
    /// Acknowledged turns that were not there any more.
    pub(crate) lost: usize,
}

/// A server that ends with this.
struct Server {
    child: Child,
    port: u16,
    code: String,
    teach: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(program: &Path, folder: &Path, port: u16) -> Self {
        let mut child = Command::new(program)
            .args(["serve", "--port", &port.to_string(), "--data-dir"])
            .arg(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        let out = BufReader::new(child.stdout.take().expect("its output"));
        let (mut code, mut teach, mut url) = (String::new(), String::new(), String::new());
        for line in out.lines().map_while(Result::ok) {
            let mut words = line.split_whitespace();
            match words.next() {
                Some("Students:") => {
                    url = words.next().unwrap_or_default().to_owned();
                    code = words.nth(1).unwrap_or_default().to_owned();
                }
                Some("Instructor:") => {
                    teach = words.next().and_then(|link| link.split_once('#')).map(|link| link.1.to_owned()).unwrap_or_default();
                    break;
                }
                _ => {}
            }
        }
        let port = url.trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        Self { child, port, code, teach }
    }

    fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        line.and_then(|line| line.split_whitespace().next()).and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
    }
}

/// A connection that stays.
struct Line {
    stream: TcpStream,
    host: String,
    cookie: String,
}

impl Line {
    async fn to(port: u16, cookie: &str) -> std::io::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, host: format!("127.0.0.1:{port}"), cookie: cookie.to_owned() })
    }

    /// One request: the status, the head and the body.
    async fn request(&mut self, method: &str, path: &str, body: &str) -> std::io::Result<(u16, String, String)> {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nCookie: {1}\r\nContent-Type: application/json\r\nContent-Length: {2}\r\n\r\n{body}",
            self.host,
            self.cookie,
            body.len()
        );
        self.stream.write_all(head.as_bytes()).await?;
        let mut all = Vec::new();
        let mut piece = [0; 16 * 1024];
        loop {
            let read = self.stream.read(&mut piece).await?;
            if read == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            all.extend_from_slice(&piece[..read]);
            let text = String::from_utf8_lossy(&all);
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = head
                    .lines()
                    .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").and_then(|length| length.trim().parse::<usize>().ok()));
                if length.is_none_or(|length| body.len() >= length) {
                    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
                    return Ok((status, head.to_owned(), body.to_owned()));
                }
            }
        }
    }
}

fn cookie_of(head: &str) -> String {
    head.lines()
        .find_map(|line| line.to_ascii_lowercase().starts_with("set-cookie:").then(|| line[11..].trim().split(';').next().unwrap_or_default().to_owned()))
        .unwrap_or_default()
}

fn at(share: f64, times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    let place = (share * times.len() as f64).ceil() as usize;
    times.get(place.saturating_sub(1).min(times.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

const REPLIES: [&str; 6] = [
    "It sounds as if you have been careful for a long time.",
    "What was it like to hear that from somebody you had trusted?",
    "I understand. That must be hard.",
    "There's no hurry. You can tell me as much or as little as you like.",
    "Why didn't you say anything at the time?",
    "Mm-hm.",
];

/// What the students' streams have seen: when each last got the present state of a switch.
#[derive(Default)]
struct Seen {
    wanted: Option<bool>,
    at: Vec<Option<Instant>>,
}

/// Runs a class of so many students for so many seconds.
pub(crate) fn run(program: &Path, folder: &Path, students: usize, seconds: usize) -> Figures {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(class(program, folder, students, seconds))
}

async fn class(program: &Path, folder: &Path, students: usize, seconds: usize) -> Figures {
    let server = Server::start(program, folder, 0);
    let port = server.port;
    let mut figures = Figures::default();
    // All at once.
    let started = Instant::now();
    let join = |code: String| async move {
        let mut line = Line::to(port, "").await?;
        let answer = line.request("POST", "/join", &format!("{{\"code\":\"{code}\"}}")).await?;
        Ok::<_, std::io::Error>((cookie_of(&answer.1), ms(started)))
    };
    let joins: Vec<_> = (0..students).map(|_| tokio::spawn(join(server.code.clone()))).collect();
    let (mut cookies, mut times) = (Vec::new(), Vec::new());
    for joined in joins {
        match joined.await {
            Ok(Ok((cookie, time))) if !cookie.is_empty() => {
                cookies.push(cookie);
                times.push(time);
            }
            _ => figures.errors += 1,
        }
    }
    figures.all_joined = ms(started);
    figures.join_p99 = at(0.99, &mut times);
    let mut teacher = Line::to(port, "").await.expect("a connection");
    let entered = teacher.request("POST", "/teach/enter", &format!("{{\"secret\":\"{}\"}}", server.teach)).await.expect("the instructor comes in");
    teacher.cookie = cookie_of(&entered.1);
    // A page each, and the instructor's.
    let seen = Arc::new(Mutex::new(Seen { wanted: None, at: vec![None; students] }));
    for (student, cookie) in cookies.iter().enumerate() {
        tokio::spawn(watch(port, cookie.clone(), "/seat/stream", student, Arc::clone(&seen)));
    }
    for _ in 0..2 {
        tokio::spawn(watch(port, teacher.cookie.clone(), "/teach/stream", usize::MAX, Arc::clone(&seen)));
    }
    let answer = teacher.request("POST", "/teach/do", r#"{"ask":"start","format":"everyone","scenario":"samantha","seed":7}"#).await.expect("it starts");
    figures.errors += usize::from(answer.0 != 200);
    tokio::time::sleep(Duration::from_millis(500)).await;
    // Everybody says something every second, each a little after another.
    let begun = tokio::time::Instant::now();
    let speak = |student: usize, cookie: String| async move {
        let mut line = Line::to(port, &cookie).await?;
        let (mut times, mut errors) = (Vec::with_capacity(seconds), 0);
        for second in 0..seconds {
            let due = Duration::from_millis((second * 1000 + student * 1000 / students.max(1)) as u64);
            tokio::time::sleep_until(begun + due).await;
            let sent = Instant::now();
            let words = REPLIES[(student + second) % REPLIES.len()];
            let answer = line.request("POST", "/seat/do", &format!("{{\"ask\":\"say\",\"spot\":\"own\",\"words\":\"{words}\"}}")).await?;
            // A client that has had enough leaves; nothing more is heard then, and that is no error.
            match answer.0 {
                200 => times.push(ms(sent)),
                409 if answer.2.contains("is over") => {}
                _ => errors += 1,
            }
        }
        Ok::<_, std::io::Error>((times, errors))
    };
    let speaking: Vec<_> = cookies.iter().enumerate().map(|(student, cookie)| tokio::spawn(speak(student, cookie.clone()))).collect();
    // Meanwhile something changes for all, now and then.
    let mut reached = Vec::new();
    while begun.elapsed() < Duration::from_secs(seconds as u64) {
        tokio::time::sleep(Duration::from_millis(1500)).await;
        if let Some(time) = change(&mut teacher, &seen, reached.len() % 2 == 1).await {
            reached.push(time);
        }
    }
    let mut times = Vec::new();
    let mut acknowledged = Vec::new();
    for spoken in speaking {
        match spoken.await {
            Ok(Ok((mine, errors))) => {
                acknowledged.push(mine.len());
                times.extend(mine);
                figures.errors += errors;
            }
            _ => {
                acknowledged.push(0);
                figures.errors += 1;
            }
        }
    }
    figures.turns = times.len();
    figures.turn_p50 = at(0.5, &mut times);
    figures.turn_p99 = at(0.99, &mut times);
    figures.last_reached_p99 = at(0.99, &mut reached);
    figures.memory = server.memory();
    // A power cut.
    drop(server);
    let killed = Instant::now();
    let server = Server::start(program, folder, port);
    for (number, (cookie, said)) in cookies.iter().zip(&acknowledged).enumerate() {
        let Ok(mut line) = Line::to(server.port, cookie).await else { continue };
        let state = line.request("GET", "/seat/state", "").await.map(|answer| answer.2).unwrap_or_default();
        if number == 0 {
            figures.back = ms(killed);
        }
        let there = state.rsplit("\"o1-").find_map(|rest| rest.split('"').next()?.parse::<usize>().ok()).unwrap_or(0);
        figures.lost += said.saturating_sub(there);
    }
    figures
}

/// A switch is turned; the time until the last student has it.
async fn change(teacher: &mut Line, seen: &Arc<Mutex<Seen>>, on: bool) -> Option<f64> {
    {
        let mut seen = seen.lock().ok()?;
        seen.wanted = Some(on);
        seen.at.fill(None);
    }
    let changed = Instant::now();
    let answer = teacher.request("POST", "/teach/do", &format!("{{\"ask\":\"set\",\"what\":\"hints\",\"on\":{on}}}")).await.ok()?;
    if answer.0 != 200 {
        return None;
    }
    tokio::time::sleep(Duration::from_millis(1000)).await;
    let seen = seen.lock().ok()?;
    // Who has left has no place to type, and so no hint.
    let last = seen.at.iter().flatten().max()?;
    Some(last.duration_since(changed).as_secs_f64() * 1000.0)
}

async fn watch(port: u16, cookie: String, path: &str, student: usize, seen: Arc<Mutex<Seen>>) {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)).await else { return };
    let head = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n");
    if stream.write_all(head.as_bytes()).await.is_err() {
        return;
    }
    let mut piece = vec![0; 64 * 1024];
    let mut kept = String::new();
    while let Ok(read) = stream.read(&mut piece).await {
        if read == 0 {
            return;
        }
        if student == usize::MAX {
            continue;
        }
        kept += &String::from_utf8_lossy(&piece[..read]);
        while let Some((message, rest)) = kept.split_once("\n\n") {
            if message.contains("\"compose\"")
                && let Ok(mut seen) = seen.lock()
                && seen.wanted == Some(message.contains(">Hint<"))
                && seen.at[student].is_none()
            {
                seen.at[student] = Some(Instant::now());
            }
            kept = rest.to_owned();
        }
    }
}
