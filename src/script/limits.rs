//! What a script may use. These figures held against 139 hostile scripts and 300,000 random programs (safety.md, "Scripts"): rhai's
//! own limits alone are no sandbox, so the engine is built from nothing, with five small packages and our own functions.

use rhai::packages::{ArithmeticPackage, BasicIteratorPackage, BasicMathPackage, BasicStringPackage, LogicPackage, Package};
use rhai::{Engine, OptimizationLevel};
use std::cell::Cell;
use std::time::{Duration, Instant};

/// Steps of the interpreter a call may take. A long hook of a shipped scenario takes under 500.
pub const OPERATIONS: u64 = 50_000;
/// Functions calling functions, so deep. Set explicitly: the default differs between debug and release.
pub const CALL_LEVELS: usize = 16;
/// Bytes of a text.
pub const STRING: usize = 2 << 10;
/// Entries of an array.
pub const ARRAY: usize = 512;
/// Entries of a map.
pub const MAP: usize = 128;
/// Variables in reach at once.
pub const VARIABLES: usize = 64;
/// Functions of a script.
pub const FUNCTIONS: usize = 64;
/// Brackets inside brackets: in statements outside functions, and in functions.
pub const DEPTH: (usize, usize) = (64, 32);
/// The last backstop: a call that takes longer is stopped, and the record says so. No deterministic limit let anything shipped come near it.
pub const WATCHDOG: Duration = Duration::from_millis(100);
/// The clock is looked at once in so many steps.
const STEPS_BETWEEN_LOOKS: u64 = 64;
/// What the watchdog leaves as its mark.
pub(super) const STOPPED: &str = "watchdog";

thread_local! {
    static STARTED: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Runs something under the watchdog.
pub(super) fn watched<T>(run: impl FnOnce() -> T) -> T {
    STARTED.set(Some(Instant::now()));
    let result = run();
    STARTED.set(None);
    result
}

/// An engine with every limit set and nothing in it but arithmetic, logic, texts and loops.
pub(super) fn bare_engine() -> Engine {
    let mut engine = Engine::new_raw();
    ArithmeticPackage::new().register_into_engine(&mut engine);
    LogicPackage::new().register_into_engine(&mut engine);
    BasicStringPackage::new().register_into_engine(&mut engine);
    BasicMathPackage::new().register_into_engine(&mut engine);
    BasicIteratorPackage::new().register_into_engine(&mut engine);
    engine
        .set_max_operations(OPERATIONS)
        .set_max_call_levels(CALL_LEVELS)
        .set_max_string_size(STRING)
        .set_max_array_size(ARRAY)
        .set_max_map_size(MAP)
        .set_max_variables(VARIABLES)
        .set_max_functions(FUNCTIONS)
        .set_max_expr_depths(DEPTH.0, DEPTH.1)
        // `Full` would run our functions while compiling (parts.md, trap 8).
        .set_optimization_level(OptimizationLevel::Simple)
        .set_allow_shadowing(true);
    for symbol in ["eval", "Fn", "curry", "import", "export", "call", "sleep"] {
        engine.disable_symbol(symbol);
    }
    engine.on_print(|_| {});
    engine.on_debug(|_, _, _| {});
    engine.on_progress(|steps| {
        let late = steps % STEPS_BETWEEN_LOOKS == 0 && STARTED.get().is_some_and(|started| started.elapsed() > WATCHDOG);
        late.then(|| STOPPED.into())
    });
    engine
}
