//! What a change of main authorized user costs on sites of a hundred, ten thousand and a hundred thousand people who
//! connected their own accounts: over the app's own flows, on the sandbox.
//!
//! `cargo xtask bench` prints it. The grants are put into storage as the app would have left them; whatever is measured
//! goes through the app.

mod browser;
mod crowd;
mod table;

use crowd::Crowd;
use integration_plus::api::{Order, PageOfPeople, Reply, Request};
use integration_plus::app::Invocation;
use integration_plus::domain::count;
use integration_plus::domain::time::{Span, Timestamp};
use integration_plus::domain::wave::{self, BATCH, JobState, POINTS_PER_GRANT, POINTS_PER_HOUR};
use table::{grouped, hours, per, table};

/// People with a grant of their own.
const SITES: [usize; 3] = [100, 10_000, 100_000];

/// What was measured on one site.
struct Measured {
    people: usize,
    commit: Cost,
    wave: Wave,
    first_page: Cost,
    later_page: Cost,
}

/// Calls of the platform.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Cost {
    /// Those that waited for each other.
    in_sequence: u32,
    total: usize,
    transactions: usize,
    /// Records written.
    writes: usize,
}

/// The job that tries every grant.
struct Wave {
    deliveries: usize,
    total: usize,
    jira: usize,
    transactions: usize,
    tried: u32,
    dead: u32,
    took: Span,
    estimate: Span,
}

fn main() {
    let measured: Vec<Measured> = SITES.into_iter().map(measure).collect();
    println!();
    changes(&measured);
    waves(&measured);
    pages(&measured);
    opening();
}

fn measure(people: usize) -> Measured {
    let mut crowd = Crowd::new(people);
    let commit = crowd.change_main_user();
    let estimate = wave::estimate(count(people), 0, Span(0));
    let wave = verify(&mut crowd, estimate);
    let page = |cursor| Request::Connections {
        page: PageOfPeople { label: None, order: Order::Name, descending: false, query: None, cursor },
    };
    let (reply, first_page) = crowd.ask(page(None));
    let Reply::Connections { connections } = reply else { panic!("{reply:?}") };
    let (_, later_page) = crowd.ask(page(connections.next));
    Measured { people, commit, wave, first_page, later_page }
}

/// Milliseconds between two rounds, which run whether there is a wave or not.
const ROUND_MS: i64 = 5 * 60 * 1000;

/// Delivers batch after batch, each when it is due, until the job is done. Where the job rests, the round sends it on.
fn verify(crowd: &mut Crowd, estimate: Span) -> Wave {
    let began = crowd.now();
    let mut wave =
        Wave { deliveries: 0, total: 0, jira: 0, transactions: 0, tried: 0, dead: 0, took: Span(0), estimate };
    let mut rounds = 0;
    loop {
        let Some(work) = crowd.next_work() else {
            if crowd.job().state == JobState::Done {
                break;
            }
            crowd.wait(ROUND_MS);
            crowd.run(None, Invocation::Upkeep);
            rounds += 1;
            assert!(rounds <= wave.deliveries, "the job stands still: {:?}", crowd.job());
            continue;
        };
        let cost = crowd.run(None, Invocation::Work(Some(work))).1;
        wave.deliveries += 1;
        wave.total += cost.total;
        wave.transactions += cost.transactions;
        wave.jira += crowd.jira_calls();
    }
    let job = crowd.job();
    wave.tried = job.tried;
    wave.took = Timestamp(crowd.now().0).since(began);
    wave.dead = crowd.dead();
    wave
}

fn changes(measured: &[Measured]) {
    let row = |site: &Measured| {
        let Cost { in_sequence, total, transactions, writes } = site.commit;
        let same = site.commit == measured[0].commit;
        let numbers = [count(total), in_sequence, count(transactions), count(writes)].map(grouped);
        let verdict = if same { "met" } else { "MISSED" }.to_owned();
        [vec![format!("{} people", grouped(count(site.people)))], numbers.to_vec(), vec!["the same".into(), verdict]]
            .concat()
    };
    let headings = ["change of main user", "calls", "in sequence", "transactions", "records written", "aim", ""];
    table(&headings, measured.iter().map(row));
}

fn waves(measured: &[Measured]) {
    let row = |site: &Measured| {
        let wave = &site.wave;
        let every = |calls: usize| per(calls, wave.tried);
        vec![
            format!("{} people", grouped(count(site.people))),
            grouped(wave.tried),
            grouped(wave.dead),
            every(wave.total),
            every(wave.jira),
            every(wave.transactions),
            grouped(count(wave.deliveries)),
            hours(wave.took),
            hours(wave.estimate),
        ]
    };
    let headings = [
        "verifying their grants",
        "tried",
        "dead",
        "calls each",
        "Jira each",
        "transactions each",
        "invocations",
        "simulated",
        "estimate",
    ];
    table(&headings, measured.iter().map(row));
    println!(
        "  at {} points an hour, of the 65,000 that an app has, {POINTS_PER_GRANT} for each grant; {BATCH} grants in a batch\n",
        grouped(POINTS_PER_HOUR)
    );
}

fn pages(measured: &[Measured]) {
    let row = |site: &Measured| {
        let (first, later) = (site.first_page, site.later_page);
        let numbers = [count(first.total), first.in_sequence, count(later.total), later.in_sequence].map(grouped);
        [vec![format!("{} people", grouped(count(site.people)))], numbers.to_vec()].concat()
    };
    let headings = ["one page of Connections", "first, calls", "in sequence", "next, calls", "in sequence"];
    table(&headings, measured.iter().map(row));
}

fn opening() {
    let day = browser::day(&mut Crowd::new(1));
    let verdict = if day.most_in_an_hour <= 1 { "met" } else { "MISSED" };
    let row = vec![
        format!("{} issues in {} hours", day.issues, day.hours),
        day.invocations.to_string(),
        day.most_in_an_hour.to_string(),
        day.cost.total.to_string(),
        day.cost.in_sequence.to_string(),
        "1 an hour".to_owned(),
        verdict.to_owned(),
    ];
    let headings =
        ["opening issues, nothing due", "invocations", "most in an hour", "calls each", "in sequence", "aim", ""];
    table(&headings, [row].into_iter());
}
