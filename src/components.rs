//! Parts that screens are put together from, one a file; each has its styles in `style/` under the same name.
//!
//! Every component takes the [`Language`](onedesk_texts::Language) of its texts as a property.

pub mod amount;
pub mod announcement;
pub mod applications;
pub mod banner;
pub mod bound_input;
pub mod button;
pub mod change_dialog;
pub mod change_lines;
pub mod change_news;
pub mod chat_link;
pub mod choice_faults;
pub mod currency;
pub mod dialog;
pub mod error_summary;
pub mod feature_dialog;
pub mod field;
pub mod icon;
pub mod language_offer;
pub mod language_switch;
pub mod live_region;
pub mod mail_sentence;
pub mod menu;
pub mod notice;
pub mod order_dialog;
pub mod password_field;
pub mod payment_choice;
pub mod period;
pub mod plan_card;
pub mod printed_select;
pub mod seats;
pub mod seats_scale;
pub mod shell;
pub mod shell_user_menu;
pub mod site_footer;
pub mod site_header;
pub mod summary;
pub mod tax_rows;
pub mod text_area;
