#[path = "build/scenarios.rs"]
mod scenarios;

fn main() {
    scenarios::embed();
}
