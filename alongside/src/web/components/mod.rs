//! The parts pages are made of: functions named as the GOV.UK and MoJ design systems name them, with typed arguments.
//!
//! A form's fields come from [`Form::field`], which carries value and error, so that [`error_summary`] and the field
//! always agree. Everything works without script; styles are in `web/styles`, script in `web/script`.

mod board;
mod button;
mod callouts;
mod choices;
mod date_input;
mod day_bar;
mod error_summary;
mod field;
mod file_upload;
mod filters;
mod form;
mod glass_banner;
mod header;
mod identity_bar;
mod live;
mod navigation;
mod passkeys;
mod password_input;
mod session_warning;
mod sheet;
mod stat;
mod summary_list;
mod table;
mod tag;
mod text_input;
mod textarea;
mod timeline;

pub use board::{BoardRow, KnownAs, Selection, board, selection_bar};
pub use button::{
    Emphasis, button, button_group, button_link, button_named, keys_button, post_button, print_button,
};
pub use callouts::{
    Notice, details, details_open, empty_state, inset_text, interruption_card, notification_banner, panel,
    warning_text,
};
pub use choices::{Choice, Layout, checkboxes, radios, select};
pub use date_input::{TypedDate, date_input, date_input_in, typed_date};
pub use day_bar::{Day, day_bar, long_date, short_date};
pub use error_summary::error_summary;
pub use field::{Field, LabelSize, id_of};
pub use file_upload::{HowMany, file_upload};
pub use filters::{Chip, ChipGroup, ChipState, filter_chips};
pub use form::{Form, FormError};
pub use glass_banner::{OpenGlass, glass_banner};
pub use header::{FooterLink, SignedIn, footer, header};
pub use identity_bar::{Identity, identity_bar};
pub use live::{draft_status, live_bar};
pub use navigation::{
    Crumb, Current, NavItem, back_link, breadcrumbs, pagination, service_navigation, skip_link,
};
pub use passkeys::{make_passkey_button, passkey_button};
pub use password_input::{PasswordFor, password_input};
pub use session_warning::session_warning;
pub use sheet::{CellSheet, SheetMarker, cell_sheet, print_line};
pub use stat::{Stat, stats};
pub use summary_list::{RowAction, SummaryRow, not_known, summary_card, summary_list};
pub use table::{Caption, Column, Holds, table};
pub use tag::{Grade, TagColour, marker, notification_badge, tag};
pub use text_input::{Input, InputKind, Width, text_input};
pub use textarea::textarea;
pub use timeline::{Event, HeadingLevel, timeline};
