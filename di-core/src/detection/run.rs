//! The evaluation that is being recorded on this thread, and whose numbers are whose.

use super::recording::{FLAT, Recording};
use super::unions::MAX_SETS;
use super::{DetectionError, Tracer};
use std::cell::RefCell;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The identifier of a number that depends on no input.
pub(super) const CONSTANT: u64 = 0;

/// The identifier of a number whose dependence was lost: made of numbers outside of their evaluation.
pub(super) const LOST: u64 = u64::MAX;

/// Identifiers are given out once in the life of the program, in blocks of this many.
const BLOCK: u64 = 1 << 40;

/// An evaluation uses fewer identifiers.
const MOST: u64 = 2 * MAX_SETS as u64;

/// Answers to control flow that depends on an input, after the first ones, which are NaN: the evaluation has failed, but
/// it should end, also if it waits for a comparison to turn out one way.
const ANSWERS: [f64; 4] = [f64::NAN, 0.0, f64::INFINITY, f64::NEG_INFINITY];
const FIRST_ANSWERS: usize = 64;

thread_local! {
    static ACTIVE: RefCell<Option<Run>> = const { RefCell::new(None) };
}

/// Identifiers, and the evaluations that hold them at present.
static REGISTRY: Mutex<Registry> = Mutex::new(Registry { next: BLOCK, unused: Vec::new(), owners: Vec::new() });

struct Registry {
    next: u64,
    unused: Vec<Range<u64>>,
    owners: Vec<(Range<u64>, Arc<AtomicBool>)>,
}

fn registry() -> MutexGuard<'static, Registry> {
    REGISTRY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A recording with its identifiers: that of the number 0, and those after it.
#[derive(Debug)]
struct Run {
    recording: Recording,
    ids: Range<u64>,
    /// Whether values are known.
    local: bool,
    /// How often control flow asked for an unknown value.
    questions: usize,
    /// Set by whoever uses a number of this evaluation outside of it.
    out_of_place: Arc<AtomicBool>,
}

impl Run {
    /// The number of an identifier of this evaluation.
    #[inline]
    fn number(&self, id: u64) -> Option<u32> {
        let number = id.wrapping_sub(self.ids.start);
        #[expect(clippy::cast_possible_truncation, reason = "there are fewer than 2³² numbers")]
        (number < self.recording.len() as u64).then_some(number as u32)
    }

    fn id(&self, number: u32) -> u64 {
        self.ids.start + u64::from(number)
    }
}

/// The evaluation that is active on this thread; ends it when dropped, and puts back what was there before.
struct Active {
    before: Option<Run>,
    ids: Range<u64>,
    ended: bool,
}

impl Active {
    fn start(recording: Recording, local: bool) -> Result<Self, DetectionError> {
        let mut registry = registry();
        let ids = if let Some(ids) = registry.unused.pop() {
            ids
        } else {
            let start = registry.next;
            registry.next = start.checked_add(BLOCK).ok_or(DetectionError::TooLong)?;
            start..registry.next
        };
        let out_of_place = Arc::new(AtomicBool::new(false));
        registry.owners.push((ids.clone(), Arc::clone(&out_of_place)));
        let run = Run { recording, ids: ids.clone(), local, questions: 0, out_of_place };
        Ok(Self { before: ACTIVE.with(|active| active.replace(Some(run))), ids, ended: false })
    }

    fn end(&mut self) -> Option<Run> {
        self.ended = true;
        let run = ACTIVE.with(|active| active.replace(self.before.take()))?;
        let used = run.id(0) + run.recording.len() as u64;
        let mut registry = registry();
        registry.owners.retain(|(ids, _)| *ids != self.ids);
        if self.ids.end - used >= MOST {
            registry.unused.push(used..self.ids.end);
        }
        Some(run)
    }
}

impl Drop for Active {
    fn drop(&mut self) {
        if !self.ended {
            self.end();
        }
    }
}

/// What an evaluation recorded, and the numbers that it returned.
pub(super) struct Trace {
    pub(super) recording: Recording,
    pub(super) outputs: Vec<u32>,
}

/// Evaluates `f` with numbers that record: with values in local mode, else without.
pub(super) fn trace(
    x: &[f64],
    outputs: usize,
    [local, second_order]: [bool; 2],
    f: impl FnOnce(&[Tracer], &mut [Tracer]),
) -> Result<Trace, DetectionError> {
    let recording = Recording::new(x.len(), second_order);
    if let Some(failure) = recording.failure() {
        return Err(failure);
    }
    let mut active = Active::start(recording, local)?;
    let inputs: Vec<Tracer> = (active.ids.start + 1..)
        .zip(x)
        .map(|(id, &value)| Tracer { value: if local { value } else { f64::NAN }, id })
        .collect();
    let mut y = vec![Tracer { value: 0.0, id: CONSTANT }; outputs];
    // Control flow without an answer may panic; the error says why it had none.
    let panic = catch_unwind(AssertUnwindSafe(|| f(&inputs, &mut y))).err();
    let Some(run) = active.end() else { return Err(DetectionError::OutOfPlace) };
    if let Some(failure) = run.recording.failure() {
        return Err(failure);
    }
    if run.out_of_place.load(Ordering::Acquire) {
        return Err(DetectionError::OutOfPlace);
    }
    if let Some(panic) = panic {
        resume_unwind(panic);
    }
    let number = |y: &Tracer| if y.id == CONSTANT { Some(FLAT) } else { run.number(y.id) };
    let outputs = y.iter().map(number).collect::<Option<_>>().ok_or(DetectionError::OutOfPlace)?;
    Ok(Trace { recording: run.recording, outputs })
}

/// The identifier of what `operation` makes of the numbers with these identifiers, none of them constant.
#[inline]
pub(super) fn operate<const N: usize>(ids: [u64; N], operation: impl FnOnce(&mut Recording, [u32; N]) -> u32) -> u64 {
    with_run(ids.into_iter(), |run| {
        let mut numbers = [FLAT; N];
        for (number, id) in numbers.iter_mut().zip(ids) {
            *number = run.number(id)?;
        }
        let number = operation(&mut run.recording, numbers);
        Some(run.id(number))
    })
}

/// As [`operate`], of any number of numbers, constants among them.
pub(super) fn operate_on_all(
    ids: impl Iterator<Item = u64> + Clone,
    operation: impl FnOnce(&mut Recording, &[u32]) -> u32,
) -> u64 {
    let ids = ids.filter(|&id| id != CONSTANT);
    if ids.clone().next().is_none() {
        return CONSTANT;
    }
    with_run(ids.clone(), |run| {
        let numbers = ids.map(|id| run.number(id)).collect::<Option<Vec<u32>>>()?;
        let number = operation(&mut run.recording, &numbers);
        Some(run.id(number))
    })
}

/// Whether the value of a number is known: it is constant, or of this thread's evaluation in local mode.
pub(super) fn has_value(id: u64) -> bool {
    let known = |run: &Run| run.local && run.number(id).is_some();
    id == CONSTANT || ACTIVE.try_with(|active| active.borrow().as_ref().is_some_and(known)).unwrap_or(false)
}

/// The answer to control flow that asks for the value of a number.
pub(super) fn ask(value: f64, id: u64, operation: &'static str) -> f64 {
    if id == CONSTANT {
        return value;
    }
    let mut answer = value;
    with_run([id].into_iter(), |run| {
        run.number(id)?;
        if !run.local {
            run.recording.fail(DetectionError::Branch { operation });
            answer = ANSWERS[run.questions.saturating_sub(FIRST_ANSWERS) % ANSWERS.len()];
            run.questions += 1;
        }
        Some(id)
    });
    answer
}

/// Calls `operation` with this thread's evaluation; if there is none, or the operation finds a number that does not
/// belong to it, all evaluations concerned fail.
#[inline]
fn with_run(ids: impl Iterator<Item = u64>, operation: impl FnOnce(&mut Run) -> Option<u64>) -> u64 {
    let done = ACTIVE.try_with(|active| {
        let mut active = active.borrow_mut();
        let run = active.as_mut()?;
        let done = operation(run);
        if done.is_none() {
            run.recording.fail(DetectionError::OutOfPlace);
        }
        done
    });
    done.ok().flatten().unwrap_or_else(|| out_of_place(ids))
}

/// Tells the evaluations that own these numbers; returns the identifier of what is made of them.
#[cold]
fn out_of_place(ids: impl Iterator<Item = u64>) -> u64 {
    let registry = registry();
    for id in ids {
        for (_, flag) in registry.owners.iter().filter(|(owned, _)| owned.contains(&id)) {
            flag.store(true, Ordering::Release);
        }
    }
    LOST
}
