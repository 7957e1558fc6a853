// Keeps the chat pages of the staff up to date. The server tells when something was said (`/staff/chat/events`); what is
// shown then is fetched as the server makes it, so words are escaped in one place.

const live = document.querySelector("[data-live]");
const title = document.title;

/** Fetches what is shown, and shows it: a conversation gets what is new in it, so that a screen reader reads that alone. */
async function refresh() {
  const answer = await fetch(live.dataset.live, { redirect: "error" });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!("append" in live.dataset)) {
    live.replaceChildren(...fresh.body.children);
    return;
  }
  const log = live.querySelector(".log");
  const last = Number(log.lastElementChild?.dataset.number ?? 0);
  const said = [...fresh.querySelectorAll(".log > li")].filter((entry) => Number(entry.dataset.number) > last);
  log.append(...said);
  live.querySelector(".log__state").replaceWith(fresh.querySelector(".log__state"));
  if (said.length > 0) log.lastElementChild.scrollIntoView({ block: "nearest" });
}

/** One refresh at a time, and one more if something was said meanwhile. */
let under_way = false;
let again = false;
async function refreshInTurn() {
  again = under_way;
  if (under_way) return;
  under_way = true;
  try {
    do {
      again = false;
      await refresh();
    } while (again);
  } catch (error) {
    console.warn("The page could not be brought up to date:", error.message);
  } finally {
    under_way = false;
  }
}

function follow() {
  const events = new EventSource("/staff/chat/events");
  events.addEventListener("changed", (event) => {
    const waiting = Number(event.data);
    document.title = waiting > 0 ? `(${waiting}) ${title}` : title;
    refreshInTurn();
  });
  // The browser connects again by itself after a dropped connection, not after a refusal: the session has ended, or the
  // server is starting.
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(follow, 5000);
  });
}
follow();

// An answer is sent without leaving the page: whoever types on meanwhile loses nothing.
const form = document.querySelector("[data-chat-answer]");
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  const trouble = form.querySelector("[data-chat-trouble]");
  button.disabled = true;
  trouble.hidden = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!answer.ok || !new URL(answer.url).pathname.startsWith("/staff/chat/")) throw new Error("refused");
    form.elements.text.value = "";
    // What is sent next is another message.
    form.elements.id.value = crypto.randomUUID();
    refreshInTurn();
  } catch {
    trouble.textContent = "The answer was not sent. Your words still stand here: send them again.";
    trouble.hidden = false;
  } finally {
    button.disabled = false;
    form.elements.text.focus();
  }
});

// Enter sends, Shift+Enter begins a line.
form?.elements.text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
