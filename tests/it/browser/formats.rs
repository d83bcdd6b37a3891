//! Each format from its start to its debrief, with students at phones, an instructor at a laptop and a projector, and nothing that axe-core minds.

use super::driver::{Driver, Page, in_a_browser};
use crate::serve::server::{Server, folder};
use serde_json::json;

struct Class {
    server: Server,
    one: Page,
    two: Page,
    laptop: Page,
    wall: Page,
    bots: Vec<String>,
}

impl Class {
    async fn of(driver: &Driver, server: Server, bots: usize) -> Self {
        let url = format!("http://localhost:{}", server.address.port());
        let (one, two, laptop, wall) =
            (driver.window(320, 640).await, driver.window(390, 844).await, driver.window(1280, 800).await, driver.window(1920, 1080).await);
        for student in [&one, &two] {
            student.go(&format!("{url}/?code={}", server.code)).await;
            student.press("Join").await;
            student.sees("You are in").await;
            student.press("Yes").await;
        }
        laptop.go(&format!("{url}/teach#{}", server.teach)).await;
        laptop.sees("Start an exercise").await;
        wall.go(&format!("{url}/wall#{}", server.wall)).await;
        wall.sees(&server.code).await;
        let bots = (0..bots).map(|_| server.join()).collect();
        Self { server, one, two, laptop, wall, bots }
    }

    async fn start(&self, format: &str) {
        self.laptop.sees("Start").await;
        self.laptop.click(&format!("input[value={format}]")).await;
        self.laptop.press("Start").await;
        self.laptop.sees("Begin the debrief").await;
    }

    async fn all_accessible(&self, when: &str) {
        for (page, name) in [(&self.one, "phone"), (&self.laptop, "instructor"), (&self.wall, "projector")] {
            page.is_accessible(&format!("{name}, {when}")).await;
        }
    }

    fn bot(&self, bot: usize, ask: &serde_json::Value) {
        let answer = self.server.post("/seat/do", &self.bots[bot], ask);
        assert_eq!(answer.status, 200, "{ask}: {}", answer.body);
    }

    /// Through the debrief to its end, and to the next start.
    async fn debrief(&self, last: &str) {
        self.laptop.press("Begin the debrief").await;
        self.wall.sees(last.split('|').next().unwrap()).await;
        // Each page hears of it on its own: the first step is awaited here, and after each press the button's going.
        self.laptop.sees("Next: ").await;
        loop {
            let next = self.laptop.run("const b = [...document.querySelectorAll('button')].find(b => b.textContent.startsWith('Next: ')); if (!b) return null; b.click(); return b.textContent.slice(6)").await;
            let Some(next) = next.as_str() else { break };
            self.wall.sees(next).await;
            let pressed = format!("Next: {next}");
            for _ in 0..150 {
                if !self.laptop.text().await.contains(&pressed) {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_millis(80)).await;
            }
        }
        self.wall.sees("Take a minute alone").await;
        self.all_accessible(&format!("debrief, {last}")).await;
        self.laptop.press("End the exercise").await;
        self.laptop.sees("What comes next?").await;
    }

    async fn close(self) {
        for page in [self.one, self.two, self.laptop, self.wall] {
            page.close().await;
        }
    }
}

#[test]
fn everyone_and_calibration_in_a_real_browser() {
    in_a_browser("everyone and calibration", |driver| async move {
        let class = Class::of(&driver, Server::start(), 4).await;
        class.all_accessible("lobby").await;
        class.start("everyone").await;
        class.one.sees("What you say to Samantha").await;
        class.one.types("#words", "It sounds as if you have been let down before.").await;
        class.one.press("Say it").await;
        class.one.sees("trust").await;
        class.one.press("Hint").await;
        class.one.sees("One could say").await;
        // By keyboard alone: Enter sends.
        class.two.types("#words", "You should calm down.\u{e007}").await;
        class.two.sees("tells the client what to do").await;
        assert!(!class.two.text().await.contains("let down before"), "one sees one's own only");
        for bot in 0..4 {
            class.bot(bot, &json!({"ask": "say", "spot": "own", "words": "Take your time. I'm here."}));
        }
        class.wall.sees("Trust, turn by turn").await;
        class.laptop.sees("The three scores").await;
        class.all_accessible("everyone").await;
        class.debrief("Where the class got to").await;
        class.one.press("Session 1").await;
        class.one.sees("What you say to").await;

        class.start("calibration").await;
        class.one.sees("Reply 1 of 10").await;
        for _ in 0..2 {
            class.one.run("document.querySelectorAll('#below .card form fieldset').forEach(f => f.querySelectorAll('input')[2].click())").await;
            class.one.press("Rate, and go on").await;
            tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        }
        class.one.sees("Reply 3 of 10").await;
        let mark = |item: usize| json!({"ask": "mark", "item": item, "marks": [item % 5 + 1, 3, 4]});
        for item in 0..10 {
            for bot in 0..4 {
                while class.server.post("/seat/do", &class.bots[bot], &mark(item)).status == 429 {
                    tokio::time::sleep(std::time::Duration::from_millis(120)).await;
                }
            }
        }
        class.laptop.sees("4 of 6 have rated all replies").await;
        class.all_accessible("calibration").await;
        class.debrief("How far we agree").await;
        class.close().await;
    });
}

#[test]
fn fishbowl_relay_and_triads_in_a_real_browser() {
    in_a_browser("fishbowl, relay and triads", |driver| async move {
        let class = Class::of(&driver, Server::start(), 1).await;
        class.start("fishbowl").await;
        class.one.types("#words", "You should calm down.").await;
        class.one.press("Propose").await;
        class.one.sees("You propose").await;
        class.two.types("#words", "It sounds as if you are not sure about this room.").await;
        class.two.press("Propose").await;
        class.wall.sees("2 proposals so far").await;
        class.laptop.sees("not sure about this room").await;
        class.laptop.press("Try both").await;
        class.wall.sees("From the same moment, two ways").await;
        class.all_accessible("fishbowl, branches").await;
        class.laptop.press("Back to the proposals").await;
        class.laptop.click("#on-0").await;
        class.laptop.click("#on-1").await;
        class.laptop.press("Let the class vote on the ticked ones").await;
        class.one.sees("Which of these should be said?").await;
        class.one.click("input[name=proposal][value='1']").await;
        class.one.press("Vote").await;
        class.wall.sees("1 vote").await;
        class.all_accessible("fishbowl, vote").await;
        class.laptop.press("Say the one with most votes").await;
        class.wall.sees("not sure about this room").await;
        class.one.sees("The class").await;
        class.debrief("Trust, turn by turn").await;

        class.start("relay").await;
        class.one.sees("It is your turn").await;
        class.two.sees("Somebody else speaks now").await;
        class.one.types("#words", "I'm glad you came.").await;
        class.one.press("Say it").await;
        class.two.sees("It is your turn").await;
        class.wall.sees("Promises and repairs").await;
        class.all_accessible("relay").await;
        class.debrief("Trust, turn by turn").await;

        class.start("triad").await;
        class.one.sees("you are the therapist").await;
        class.two.sees("you are the client reader").await;
        class.two.sees("thinks and does not say").await;
        class.one.types("#words", "Take your time.").await;
        class.one.press("Say it").await;
        class.two.sees("Take your time.").await;
        assert!(!class.one.text().await.contains("empathy "), "the reading waits for the observer");
        class.bot(0, &json!({"ask": "observe", "turn": 1, "marks": [3, 3, 3]}));
        class.one.sees("trust").await;
        class.one.press("Move the roles on").await;
        class.two.sees("you are the therapist").await;
        class.all_accessible("triads").await;
        class.debrief("Where the groups got to").await;
        class.close().await;
    });
}

#[test]
fn a_reload_a_second_tab_and_a_killed_server_keep_the_seat_and_the_words_being_typed() {
    in_a_browser("reload and kill", |driver| async move {
        let (_keep, path) = folder();
        let server = Server::at(&path, &["--port", "0"]);
        let page = driver.window(320, 640).await;
        let url = format!("http://localhost:{}", server.address.port());
        page.go(&format!("{url}/?code={}", server.code)).await;
        page.press("Join").await;
        page.sees("You are in").await;
        let name = page.run("return document.getElementById('title').textContent").await;
        let teacher = server.teach();
        server.ask(&teacher, &json!({"ask": "start", "format": "everyone", "scenario": "samantha"}));
        page.types("#words", "I'm glad you came.").await;
        page.press("Say it").await;
        page.sees("trust").await;
        page.client.refresh().await.unwrap();
        page.sees("I'm glad you came.").await;
        page.go(&url).await;
        page.sees("I'm glad you came.").await;
        page.types("#words", "half a sent").await;
        let port = server.kill();
        page.sees("The connection was lost").await;
        let server = Server::at(&path, &["--port", &port.to_string()]);
        page.sees("Connected").await;
        page.types("#words", "ence").await;
        page.press("Say it").await;
        page.sees("half a sentence").await;
        assert_eq!(page.run("return document.getElementById('title').textContent").await, name);
        drop(server);
        page.close().await;
    });
}
