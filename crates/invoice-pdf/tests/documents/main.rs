//! Files as their readers see them: the text of the pages, the XML inside, and what is refused.

mod electronic_invoice;
mod file;
mod fixtures;
mod languages;
mod pages;
mod poppler;
mod refusals;
mod variations;
