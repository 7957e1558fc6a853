//! Debian's packages, where the machine has them and they may be installed.

use anyhow::Context;

use crate::layout::Layout;
use crate::process::{self, Program};
use crate::progress::Activity;

/// Installs packages. `missing` is what to say where that cannot be done: what is needed, and how to get it.
pub fn install(
    layout: &Layout,
    packages: &[&str],
    missing: &'static str,
    activity: &Activity,
) -> anyhow::Result<()> {
    process::on_path("apt-get").context(missing)?;
    let prefix: &[&str] = if rustix::process::geteuid().is_root() {
        &[]
    } else if Program::new(layout, "sudo")
        .args(["--non-interactive", "true"])
        .answer()
        .is_some()
    {
        &["sudo", "--non-interactive"]
    } else {
        return Err(anyhow::anyhow!(missing)
            .context("Packages cannot be installed without being root or having sudo"));
    };
    // `env` takes the setting through sudo, which drops variables.
    let apt_get = |arguments: &[&str]| {
        let command = [
            prefix,
            &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"],
            arguments,
        ]
        .concat();
        Program::new(layout, command[0])
            .args(&command[1..])
            .run_quietly(activity)
            .context(missing)
    };
    apt_get(&["update"])?;
    apt_get(&[&["install", "--yes", "--no-install-recommends"], packages].concat())
}
