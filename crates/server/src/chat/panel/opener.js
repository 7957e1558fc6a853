// Opens the chat in a panel on pages of ours. A link to the chat is `<a href="/chat" data-chat>`; without this script it
// leads to the chat's own page. The panel stays open, or closed, from page to page within a tab.

const KEY = "onedesk.chat";
/** Nothing there: never opened in this tab. */
const kept = () => sessionStorage.getItem(KEY);

let panel = null;
let frame = null;
let launcher = null;
let news = null;
let opened_by = null;
let unread = 0;

function build(address, title) {
  panel = document.createElement("aside");
  panel.className = "chat-panel";
  panel.hidden = true;
  frame = document.createElement("iframe");
  frame.className = "chat-panel__frame";
  frame.title = title;
  frame.src = address;
  panel.append(frame);
  launcher = document.createElement("button");
  launcher.type = "button";
  launcher.className = "chat-launcher";
  launcher.hidden = true;
  launcher.addEventListener("click", () => open());
  // Before anything is said in it: what comes with its words is not told.
  news = document.createElement("p");
  news.className = "visually-hidden";
  news.setAttribute("role", "status");
  document.body.append(panel, launcher, news);
  // The application draws itself later than this script runs.
  new MutationObserver(cover).observe(document.body, { childList: true });
}

/** As wide as the style sheet's: there the open panel covers the page, which is then out of reach for everybody. */
const narrow = matchMedia("(max-width: 30rem)");
narrow.addEventListener("change", () => panel && cover());

function cover() {
  const is_covered = !panel.hidden && narrow.matches;
  for (const part of document.body.children) if (part !== panel) part.inert = is_covered;
}

function remember(is_open) {
  const { address, title } = panel.dataset;
  sessionStorage.setItem(KEY, JSON.stringify({ address, title, is_open }));
}

function label() {
  launcher.textContent = panel.dataset.title;
  launcher.dataset.unread = unread > 0 ? unread : "";
}

function open() {
  unread = 0;
  news.textContent = "";
  panel.hidden = false;
  launcher.hidden = true;
  cover();
  remember(true);
  const focus = () => {
    frame.focus();
    frame.contentWindow.postMessage("onedesk_chat:focus", location.origin);
  };
  focus();
  frame.addEventListener("load", focus, { once: true });
}

function close() {
  panel.hidden = true;
  launcher.hidden = false;
  cover();
  label();
  remember(false);
  // Back to where one was; the link may have gone with its screen.
  (opened_by?.isConnected ? opened_by : launcher).focus();
}

function ensure(address, title) {
  if (panel) return;
  build(address, title);
  Object.assign(panel.dataset, { address, title });
}

// On the document: the application draws its links long after this script has run.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[data-chat]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    opened_by = link;
    ensure(link.getAttribute("href"), link.dataset.chat);
    open();
  },
  true,
);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel && !panel.hidden && !document.querySelector("dialog[open]")) close();
});

addEventListener("message", (event) => {
  if (!frame || event.source !== frame.contentWindow || event.origin !== location.origin) return;
  const told = event.data?.onedesk_chat;
  if (told?.close) close();
  if (told?.answers && panel.hidden) {
    unread += told.answers;
    news.textContent = told.words.replace("{count}", unread);
    label();
  }
});

const before = kept();
if (before) {
  try {
    const { address, title, is_open } = JSON.parse(before);
    if (typeof address === "string" && address.startsWith("/") && !address.startsWith("//")) {
      ensure(address, title);
      if (is_open) {
        panel.hidden = false;
        cover();
      } else {
        launcher.hidden = false;
        label();
      }
    }
  } catch {
    sessionStorage.removeItem(KEY);
  }
}
