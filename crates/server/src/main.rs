//! The program `subscribe`.

use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use onedesk_server::config::{
    CatalogCommand, Cli, Command, Config, CreditsCommand, DatabaseOptions, LedgerCommand, LogFormat,
};
use onedesk_server::{Server, commands, ledger, migrate};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(config) => serve(*config).await,
        Command::Migrate(options) => migrate(&options)
            .await
            .map_err(|error| error.to_string())
            .and_then(|changes| {
                say(&if changes == 0 {
                    "up to date".to_owned()
                } else {
                    format!("{changes} change(s) made")
                })
            }),
        Command::Catalog(CatalogCommand::Check { file }) => {
            onedesk_catalog::check(&file).map_err(|mistakes| mistakes.to_string())
        }
        Command::Staff(command) => tell(commands::staff(command, ask_password).await),
        Command::Orders(command) => tell(commands::orders(command).await),
        Command::Credits(command) => {
            let CreditsCommand::Give(credit) = &command;
            let asked = !credit.yes;
            let confirm = |question: &str| if asked { confirmed(question) } else { Ok(()) };
            tell(commands::credits(command, confirm).await)
        }
        Command::Ledger(LedgerCommand::Check(options)) => check_ledger(&options).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn tell(outcome: Result<String, String>) -> Result<(), String> {
    say(outcome?.trim_end())
}

/// Writes to standard output. Whoever reads it and has seen enough (`| head`) may go: what was done is done.
fn say(text: &str) -> Result<(), String> {
    let mut output = std::io::stdout().lock();
    match writeln!(output, "{text}").and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("standard output cannot be written to: {error}"))
        }
        _ => Ok(()),
    }
}

/// Asks for a new password on the terminal, twice, or reads one line of standard input.
fn ask_password(stdin: bool) -> Result<String, String> {
    if stdin {
        let mut line = String::new();
        std::io::stdin()
            .read_line(&mut line)
            .map_err(|error| format!("the password cannot be read from standard input: {error}"))?;
        return Ok(line.trim_end_matches(['\n', '\r']).to_owned());
    }
    if !std::io::stdin().is_terminal() {
        return Err(
            "there is no terminal to ask for the password on: give it on standard input with --password-stdin"
                .to_owned(),
        );
    }
    let asked = |prompt| rpassword::prompt_password(prompt).map_err(|error| error.to_string());
    let password = asked("Password: ")?;
    if password == asked("Again: ")? {
        Ok(password)
    } else {
        Err("the two passwords differ. Nobody was added.".to_owned())
    }
}

/// Asks a question on the terminal, and goes on with a yes alone.
fn confirmed(question: &str) -> Result<(), String> {
    const UNDONE: &str = "Nothing was done.";
    if !std::io::stdin().is_terminal() {
        return Err(format!(
            "there is no terminal to ask on: {question} Say so with --yes. {UNDONE}"
        ));
    }
    eprint!("{question}\nType yes to do it: ");
    let mut line = String::new();
    std::io::stdin()
        .read_line(&mut line)
        .map_err(|error| format!("the answer cannot be read: {error}. {UNDONE}"))?;
    if line.trim().eq_ignore_ascii_case("yes") {
        Ok(())
    } else {
        Err(UNDONE.to_owned())
    }
}

/// Prints how the books stand; discrepancies are a failure.
async fn check_ledger(options: &DatabaseOptions) -> Result<(), String> {
    let report = ledger::check(options).await.map_err(|error| error.to_string())?;
    say(report.to_string().trim_end())?;
    match report.discrepancies.len() {
        0 => Ok(()),
        1 => Err("the books do not balance: 1 discrepancy".to_owned()),
        count => Err(format!("the books do not balance: {count} discrepancies")),
    }
}

async fn serve(config: Config) -> Result<(), String> {
    start_log(&config)?;
    let server = Server::start(config).await.map_err(|error| error.to_string())?;
    let stop = server.stop_handle();
    let signals = signals()?;
    tokio::spawn(async move {
        signals.await;
        tracing::info!("stopping");
        stop.cancel();
    });
    // For whoever started it, on standard output: with port 0 the address is known only now.
    say(&format!("listening on http://{}", server.address()))?;
    tracing::info!(address = %server.address(), public_url = server.public_url(), "listening");
    server.run().await.map_err(|error| error.to_string())?;
    tracing::info!("stopped");
    Ok(())
}

/// Log lines go to standard error.
fn start_log(config: &Config) -> Result<(), String> {
    let filter =
        EnvFilter::try_new(&config.log).map_err(|error| format!("--log {:?}: {error}", config.log))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
    Ok(())
}

/// Ends at Ctrl-C, and where there are signals at SIGTERM. They are listened for before the server says that it is
/// ready.
fn signals() -> Result<impl Future<Output = ()>, String> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut interrupt = signal(SignalKind::interrupt()).map_err(|error| error.to_string())?;
        let mut terminate = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    {
        Ok(async {
            let _ = tokio::signal::ctrl_c().await;
        })
    }
}
