// On a partner's page, beside <iframe src="…/embed/pricing?…">: lets the frame grow with what it holds, and passes on its
// events, as if the frame were the widget. Described in docs/embedding.md.
//
// Messages count only from our own origin and from a frame that stands on this page.

const SERVER = new URL(import.meta.url).origin;
const MARK = Symbol.for(`onedesk:embed ${SERVER}`);
const HIGHEST = 20_000;

const frames = () => [...document.querySelectorAll('iframe')];

// It tells nothing but that this page listens; the frame answers to the page that holds it alone.
const greet = (page) => page?.postMessage({ type: 'onedesk:hello' }, '*');

function heard({ origin, source, data }) {
  if (origin !== SERVER || !source) return;
  const frame = frames().find(({ contentWindow }) => contentWindow === source);
  if (!frame) return;
  const { type, height, detail } = data ?? {};
  if (type === 'onedesk:ready') greet(source);
  else if (type === 'onedesk:height' && Number.isFinite(height) && height > 0) {
    frame.style.height = `${Math.min(height, HIGHEST)}px`;
  } else if (type === 'onedesk:quote' || type === 'onedesk:choose') {
    frame.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
  }
}

// Once for each server, however often the script is loaded.
if (!window[MARK]) {
  window[MARK] = true;
  addEventListener('message', heard);
  // Those that were ready before this script.
  frames()
    .filter(({ src }) => src.startsWith(`${SERVER}/embed/`))
    .forEach(({ contentWindow }) => greet(contentWindow));
}
