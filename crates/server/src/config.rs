//! What can be set from outside: one struct, from flags and the environment, explained by `--help`.

#![expect(
    clippy::doc_markdown,
    reason = "the comments are the words of --help, which shows marks as they are"
)]

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::throttle::Rate;

/// OneDesk Subscribe: pricing page, free trial, subscription and payment for software sold by the seat.
///
/// Every flag can be given as the environment variable named beside it; the flag wins.
#[derive(Debug, Parser)]
#[command(name = "subscribe", version, max_term_width = 110)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the pages and the API until told to stop (Ctrl-C or SIGTERM)
    Serve(Box<Config>),
    /// Bring the tables of a PostgreSQL database up to date, once, before servers start (the default database file
    /// does this by itself)
    Migrate(DatabaseOptions),
    /// Work on a catalog file
    #[command(subcommand)]
    Catalog(CatalogCommand),
    /// Say who may sign in at /staff; works beside a running server
    #[command(subcommand)]
    Staff(StaffCommand),
    /// Work on orders that wait for a bank transfer; works beside a running server
    #[command(subcommand)]
    Orders(OrdersCommand),
    /// Give accounts credit; works beside a running server
    #[command(subcommand)]
    Credits(CreditsCommand),
    /// Look after the books
    #[command(subcommand)]
    Ledger(LedgerCommand),
}

/// What can be done about the vendor's staff.
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Add a member of staff, or let one in again who was disabled; the password is asked for on the terminal
    Add {
        /// Address to sign in with
        email: String,
        /// Name that the history of accounts tells
        #[arg(long)]
        name: String,
        /// Read the password from standard input, up to the end of its first line
        #[arg(long)]
        password_stdin: bool,
        /// Where the data stands.
        #[command(flatten)]
        database: DatabaseOptions,
    },
    /// List the members of staff
    List {
        /// Where the data stands.
        #[command(flatten)]
        database: DatabaseOptions,
    },
    /// Keep a member of staff out from now on, signed in or not
    Disable {
        /// Address of the member
        email: String,
        /// Where the data stands.
        #[command(flatten)]
        database: DatabaseOptions,
    },
}

/// What can be done about orders that wait for a bank transfer.
#[derive(Debug, Subcommand)]
pub enum OrdersCommand {
    /// List the orders that wait for a bank transfer
    Awaiting {
        /// Where the data stands.
        #[command(flatten)]
        database: DatabaseOptions,
    },
    /// Settle an order whose transfer has arrived: everything happens as for a card
    MarkPaid(Box<MarkPaid>),
}

/// A transfer that has arrived.
#[derive(Clone, Debug, Args)]
pub struct MarkPaid {
    /// What the transfer quotes, such as "RF18 5390 0754 70"; spaces do not matter
    pub reference: String,

    /// Amount that arrived, such as 123.45; it has to be what is due
    #[arg(long)]
    pub amount: String,

    /// Currency that it arrived in, such as EUR
    #[arg(long)]
    pub currency: String,

    /// Day on which it arrived, such as 2026-11-23
    #[arg(long, value_name = "DATE")]
    pub on: String,

    /// Whatever else is to be remembered
    #[arg(long, default_value = "", hide_default_value = true)]
    pub note: String,

    /// Name that the history of the account tells [default: the name of the machine's user]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,

    /// What the server runs with.
    #[command(flatten)]
    pub server: ServerOptions,
}

/// What can be done about account credit.
#[derive(Debug, Subcommand)]
pub enum CreditsCommand {
    /// Give an account credit, which the next charges are paid from before the card is; the customer gets a document of it
    Give(Box<GiveCredit>),
}

/// Credit that is given.
#[derive(Clone, Debug, Args)]
pub struct GiveCredit {
    /// Address of the account, such as acme
    pub account: String,

    /// How much, such as 20.00
    #[arg(long)]
    pub amount: String,

    /// Currency that the account is charged in, such as EUR
    #[arg(long)]
    pub currency: String,

    /// Why, in a sentence or two that the customer reads
    #[arg(long)]
    pub reason: String,

    /// Key of your own: with the same one it is given once [default: made of amount, reason and today's day]
    #[arg(long)]
    pub key: Option<String>,

    /// Do not ask whether it is to be done
    #[arg(long)]
    pub yes: bool,

    /// Name that the history of the account tells [default: the name of the machine's user]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,

    /// What the server runs with.
    #[command(flatten)]
    pub server: ServerOptions,
}

/// What a command has to know of the server on whose data it works.
#[derive(Clone, Debug, Args)]
pub struct ServerOptions {
    /// Where the data stands.
    #[command(flatten)]
    pub database: DatabaseOptions,

    /// The catalog that the server runs with
    #[arg(long, env = "SUBSCRIBE_CATALOG", value_name = "FILE")]
    pub catalog: PathBuf,

    /// Address by which browsers reach the server, as it was told: the links of letters start with it
    #[arg(
        long,
        env = "SUBSCRIBE_PUBLIC_URL",
        value_name = "URL",
        default_value = "http://127.0.0.1:8080"
    )]
    pub public_url: String,

    /// The server runs in sandbox mode: go by its clock
    #[arg(long, env = "SUBSCRIBE_SANDBOX")]
    pub sandbox: bool,
}

/// What can be done with the books.
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Prove that orders, charges, invoices, account credit and refunds agree; read-only, servers may be running. Exit
    /// status 1 with a line for each discrepancy if they do not
    Check(DatabaseOptions),
}

/// What can be done with a catalog file.
#[derive(Debug, Subcommand)]
pub enum CatalogCommand {
    /// Tell every mistake of a catalog file with its line and column; exit status 1 if there is one
    Check {
        /// The catalog, a TOML file
        file: PathBuf,
    },
}

/// Where the data stands.
#[derive(Clone, Debug, Args)]
pub struct DatabaseOptions {
    /// Folder for the database file; made if it is missing
    #[arg(long, env = "SUBSCRIBE_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,

    /// Database to use instead of the file `subscribe.sqlite` in the data folder: postgres://user:password@host/name,
    /// or sqlite://FILE
    #[arg(
        long,
        env = "SUBSCRIBE_DATABASE_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    pub database_url: Option<String>,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}

/// Everything that `subscribe serve` can be told.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Address to listen on; port 0 takes any free one, and the line `listening on …` names it
    #[arg(
        long,
        env = "SUBSCRIBE_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDRESS"
    )]
    pub listen: SocketAddr,

    /// Address by which browsers reach this server, without a path; links in e-mails start with it, pages name it to
    /// search engines, and https makes cookies secure [default: http:// and the listening address]
    #[arg(long, env = "SUBSCRIBE_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,

    /// Where the data stands.
    #[command(flatten)]
    pub database: DatabaseOptions,

    /// The catalog: plans, prices, features, questions (a TOML file, see `subscribe catalog check`)
    #[arg(long, env = "SUBSCRIBE_CATALOG", value_name = "FILE")]
    pub catalog: PathBuf,

    /// Folder of the built pages; without it only the API is served
    #[arg(long, env = "SUBSCRIBE_PAGES", value_name = "DIR")]
    pub pages: Option<PathBuf>,

    /// Sandbox mode: test payments, e-mails shown at /sandbox/mail, a clock that can be moved. Never for real customers
    #[arg(long, env = "SUBSCRIBE_SANDBOX")]
    pub sandbox: bool,

    /// Mail server: smtp://user:password@host:587?tls=required, or smtps://…; needed outside sandbox mode
    #[arg(long, env = "SUBSCRIBE_SMTP_URL", value_name = "URL", hide_env_values = true)]
    pub smtp_url: Option<String>,

    /// Sender of the e-mails [default: the catalog's support address]
    #[arg(long, env = "SUBSCRIBE_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,

    /// The server stands behind a proxy that sets X-Forwarded-For: its last entry is the visitor
    #[arg(long, env = "SUBSCRIBE_BEHIND_PROXY")]
    pub behind_proxy: bool,

    /// How much is logged: error, warn, info, debug, trace, or filters such as `info,onedesk_server=debug`
    #[arg(long, env = "SUBSCRIBE_LOG", default_value = "info", value_name = "FILTER")]
    pub log: String,

    /// How log lines look
    #[arg(
        long,
        env = "SUBSCRIBE_LOG_FORMAT",
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub log_format: LogFormat,

    /// How often something may be tried.
    #[command(flatten)]
    pub limits: Limits,

    /// Serve /dev/reload.js, which reloads open pages after a rebuild, and start although the pages show another catalog
    #[arg(
        long,
        env = "SUBSCRIBE_DEV_RELOAD",
        hide_short_help = true,
        help_heading = "For developers of the pages"
    )]
    pub dev_reload: bool,
}

impl Config {
    /// What the server would run with, for a command that works on its data: nothing is listened on or sent.
    pub(crate) fn of_command(server: &ServerOptions) -> Self {
        let unlimited = Limits {
            limit_sign_in: Rate::OFF,
            limit_sign_in_ip: Rate::OFF,
            limit_letters: Rate::OFF,
            limit_letters_ip: Rate::OFF,
            limit_invitations: Rate::OFF,
            limit_chat: Rate::OFF,
        };
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            public_url: Some(server.public_url.clone()),
            database: server.database.clone(),
            catalog: server.catalog.clone(),
            pages: None,
            sandbox: server.sandbox,
            smtp_url: None,
            mail_from: None,
            behind_proxy: false,
            log: String::new(),
            log_format: LogFormat::Text,
            limits: unlimited,
            dev_reload: false,
        }
    }
}

/// How often something may be tried, as NUMBER/TIME (`10/15m`: ten at once, then one each 90 seconds) or `off`.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Limits (NUMBER/TIME, such as 10/15m, or off)")]
pub struct Limits {
    /// Sign-ins with one e-mail address from one network address
    #[arg(
        long,
        env = "SUBSCRIBE_LIMIT_SIGN_IN",
        default_value = "10/15m",
        value_name = "RATE"
    )]
    pub limit_sign_in: Rate,

    /// Sign-ins and uses of links from e-mails, from one network address
    #[arg(
        long,
        env = "SUBSCRIBE_LIMIT_SIGN_IN_IP",
        default_value = "100/15m",
        value_name = "RATE"
    )]
    pub limit_sign_in_ip: Rate,

    /// Letters to one e-mail address that strangers can set off: sign-up, forgotten password, invitation
    #[arg(
        long,
        env = "SUBSCRIBE_LIMIT_LETTERS",
        default_value = "5/1h",
        value_name = "RATE"
    )]
    pub limit_letters: Rate,

    /// The same from one network address, to whomever
    #[arg(
        long,
        env = "SUBSCRIBE_LIMIT_LETTERS_IP",
        default_value = "30/1h",
        value_name = "RATE"
    )]
    pub limit_letters_ip: Rate,

    /// Users that one account invites, again or for the first time
    #[arg(
        long,
        env = "SUBSCRIBE_LIMIT_INVITATIONS",
        default_value = "300/24h",
        value_name = "RATE"
    )]
    pub limit_invitations: Rate,

    /// Messages in the live chat, from one network address
    #[arg(
        long,
        env = "SUBSCRIBE_LIMIT_CHAT",
        default_value = "30/10m",
        value_name = "RATE"
    )]
    pub limit_chat: Rate,
}
