//! The drawn set: 24 × 24, strokes of 1.5, round ends, the colour of the text beside it.

use leptos::prelude::*;

use crate::part::IntoPart;

/// A drawing. Constants rather than variants: a program holds those that it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icon {
    path: &'static str,
}

#[expect(
    non_upper_case_globals,
    reason = "used as if they were variants: `Icon::Check`"
)]
impl Icon {
    /// Included.
    pub const Check: Self = Self::drawn("M5 12.5l4.5 4.5L19 7.5");
    /// Not included; close.
    pub const Cross: Self = Self::drawn("M6.5 6.5l11 11M17.5 6.5l-11 11");
    /// One fewer.
    pub const Minus: Self = Self::drawn("M6 12h12");
    /// One more.
    pub const Plus: Self = Self::drawn("M6 12h12M12 6v12");
    /// Something to know.
    pub const Info: Self = Self::drawn("M12 3.5a8.5 8.5 0 110 17 8.5 8.5 0 010-17zM12 11.25v4.5M12 8.1v.15");
    /// Something to mind.
    pub const Warning: Self = Self::drawn("M12 4.2l8.6 15.3H3.4L12 4.2zM12 10v4.25M12 16.7v.15");
    /// It is done.
    pub const Done: Self = Self::drawn("M12 3.5a8.5 8.5 0 110 17 8.5 8.5 0 010-17zM8.3 12.3l2.6 2.6 4.9-5.2");
    /// It went wrong.
    pub const Failed: Self =
        Self::drawn("M12 3.5a8.5 8.5 0 110 17 8.5 8.5 0 010-17zM9.2 9.2l5.6 5.6M14.8 9.2l-5.6 5.6");
    /// A person who signs in.
    pub const User: Self = Self::drawn(
        "M12 4a3.75 3.75 0 110 7.5A3.75 3.75 0 0112 4zM4.75 20c.4-3.5 3.3-5.5 7.25-5.5s6.85 2 7.25 5.5",
    );
    /// Several people.
    pub const People: Self = Self::drawn(
        "M9 4.75a3.25 3.25 0 110 6.5 3.25 3.25 0 010-6.5zM2.75 19.25c.3-3.2 2.8-5 6.25-5s5.95 1.8 6.25 5M15.5 \
                 5.2a3.25 3.25 0 010 5.6M17.6 14.7c2 .7 3.4 2.2 3.65 4.55",
    );
    /// An e-mail.
    pub const Mail: Self = Self::drawn("M3.75 6h16.5v12H3.75zM4 6.4l8 6.6 8-6.6");
    /// A conversation.
    pub const Chat: Self = Self::drawn("M4 5.5h16v10.5H11l-4.5 3.5V16H4zM8 9.5h8M8 12.5h5");
    /// Onwards.
    pub const ArrowRight: Self = Self::drawn("M5 12h14M13.5 6.5L19 12l-5.5 5.5");
    /// Opens a menu or a list.
    pub const ChevronDown: Self = Self::drawn("M6.5 9.5L12 15l5.5-5.5");
    /// A language.
    pub const Globe: Self = Self::drawn(
        "M12 3.5a8.5 8.5 0 110 17 8.5 8.5 0 010-17zM3.75 12h16.5M12 3.5c2.3 2.4 3.4 5.2 3.4 8.5s-1.1 6.1-3.4 \
                 8.5c-2.3-2.4-3.4-5.2-3.4-8.5s1.1-6.1 3.4-8.5z",
    );
    /// More applications.
    pub const Grid: Self = Self::drawn(
        "M4.5 4.5h3v3h-3zM10.5 4.5h3v3h-3zM16.5 4.5h3v3h-3zM4.5 10.5h3v3h-3zM10.5 10.5h3v3h-3zM16.5 \
                 10.5h3v3h-3zM4.5 16.5h3v3h-3zM10.5 16.5h3v3h-3zM16.5 16.5h3v3h-3z",
    );
    /// Administration.
    pub const Gear: Self = Self::drawn(
        "M12 9a3 3 0 110 6 3 3 0 010-6zM19.4 13.4l1.3 1-1.9 3.3-1.5-.6a7 7 0 01-2.4 1.4l-.2 1.6H11l-.4-1.6a7 7 0 \
                 01-2.3-1.4l-1.6.6-1.9-3.3 1.3-1a7 7 0 010-2.8l-1.3-1 1.9-3.3 1.6.6a7 7 0 012.3-1.4L11 3.9h3.7l.2 1.6a7 7 \
                 0 012.4 1.4l1.5-.6 1.9 3.3-1.3 1a7 7 0 010 2.8z",
    );
    /// A card to pay with.
    pub const Card: Self = Self::drawn("M3.5 6h17v12h-17zM3.5 10h17M7 14.5h3.5");
    /// An invoice, a receipt.
    pub const Receipt: Self =
        Self::drawn("M6 3.75h12v16.5l-2-1.4-2 1.4-2-1.4-2 1.4-2-1.4-2 1.4zM9 8.25h6M9 12h6");
    /// A company and its address.
    pub const Building: Self =
        Self::drawn("M4.75 20V4.5h9V20M13.75 9.5h5.5V20M3 20h18M8 8.5h2.5M8 12h2.5M8 15.5h2.5");
    /// A day; a renewal.
    pub const Calendar: Self = Self::drawn("M4.25 6h15.5v13.75H4.25zM4.25 10h15.5M8.25 4v3.5M15.75 4v3.5");
    /// A wait.
    pub const Clock: Self = Self::drawn("M12 3.5a8.5 8.5 0 110 17 8.5 8.5 0 010-17zM12 7.5V12l3 2.25");
    /// Sign out.
    pub const SignOut: Self = Self::drawn("M14 4.5H5.5v15H14M10.5 12H20M16.5 8.5L20 12l-3.5 3.5");
    /// A ticket, a question.
    pub const Ticket: Self =
        Self::drawn("M4 6.5h16v3.25a2.25 2.25 0 000 4.5v3.25H4v-3.25a2.25 2.25 0 000-4.5zM14 6.5v11");
    /// Shows a password.
    pub const Eye: Self = Self::drawn(
        "M2.75 12c2.2-4 5.4-6 9.25-6s7.05 2 9.25 6c-2.2 4-5.4 6-9.25 6s-7.05-2-9.25-6zM12 9.25a2.75 2.75 0 110 \
                 5.5 2.75 2.75 0 010-5.5z",
    );
    /// Hides a password.
    pub const EyeOff: Self = Self::drawn(
        "M4.5 4.5l15 15M10 6.2c.65-.13 1.3-.2 2-.2 3.85 0 7.05 2 9.25 6-.8 1.45-1.7 2.6-2.75 3.5M15.5 17.5c-1.1.33-2.25.5-3.5.5-3.85 \
                 0-7.05-2-9.25-6 .85-1.55 1.85-2.8 3-3.7M10.1 10a2.75 2.75 0 003.9 3.9",
    );
    /// Guarded.
    pub const Lock: Self = Self::drawn("M6 10.5h12v9H6zM8.5 10.5V8a3.5 3.5 0 017 0v2.5M12 14v2.25");
    /// A menu behind a button.
    pub const Menu: Self = Self::drawn("M4.5 7h15M4.5 12h15M4.5 17h15");

    /// What is drawn, in the commands of an SVG path.
    pub const fn path(self) -> &'static str {
        self.path
    }

    const fn drawn(path: &'static str) -> Self {
        Self { path }
    }
}

/// A drawing beside a text that says the same: hidden from screen readers. With a `label` it speaks for itself.
#[component]
pub fn Icon(
    /// Which drawing.
    icon: Icon,
    /// What it says where no text stands beside it.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let (role, hidden) = if label.is_some() {
        (Some("img"), None)
    } else {
        (None, Some("true"))
    };
    view! {
        <svg
            class="icon"
            viewBox="0 0 24 24"
            role=role
            aria-label=label
            aria-hidden=hidden
        >
            <path d=icon.path></path>
        </svg>
    }
    .late_part()
}
