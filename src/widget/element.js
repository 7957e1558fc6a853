// <onedesk-pricing>: the partner widget, served as /widget.js; see docs/embedding.md. Program, styles and words are loaded
// once for all elements of a page. Until they come, and if they never do, what stands in the element is shown.

const NAME = 'onedesk-pricing';
const SERVER = new URL(import.meta.url).origin;
// Filled in by `prerender`.
const FILES = { script: '{script}', wasm: '{wasm}', style: '{style}' };
const PATIENCE = 20_000;

async function get(path) {
  const answer = await fetch(SERVER + path, { credentials: 'omit', signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`${SERVER}${path} answered ${answer.status}`);
  return answer;
}

const text = async (path) => (await get(path)).text();

// What `load` makes is kept, a failure is not: the next element tries again.
function once(load) {
  const made = new Map();
  return (key) => {
    if (!made.has(key)) made.set(key, load(key).catch((error) => (made.delete(key), Promise.reject(error))));
    return made.get(key);
  };
}

const program = once(async () => {
  const wasm = get(FILES.wasm);
  const [script] = await Promise.all([import(SERVER + FILES.script), wasm]);
  await script.default({ module_or_path: wasm });
  return script;
});

const style = once(async () => {
  const css = await text(FILES.style);
  // Lengths count in the reader's own text size, whatever size the page gives to its root element.
  try {
    CSS.registerProperty({ name: '--onedesk-rem', syntax: '<length>', inherits: true, initialValue: '16px' });
  } catch {
    // Registered already, or an old browser, where they count in that of the element they stand on.
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
});

const offer = once((language) => text(`/api/widget?lang=${encodeURIComponent(language)}`));

let warned = false;

class Pricing extends HTMLElement {
  static observedAttributes = ['plan', 'seats', 'period', 'currency', 'lang', 'partner', 'target'];
  static server = SERVER;

  #shown;
  // What was dialled in before the element was moved, or drawn anew.
  #kept = '';
  // Which of several loadings is the last: another attribute may come, or the element go, while one is under way.
  #turn = 0;

  connectedCallback() {
    this.#show();
  }

  disconnectedCallback() {
    this.#turn += 1;
    this.#leave();
  }

  attributeChangedCallback(name, before, now) {
    if (before === now) return;
    if (name !== 'lang' && name !== 'target') {
      this.#kept = '';
      this.#shown?.changed(name);
    } else if (this.#turn > 0 && this.isConnected) {
      this.#show();
    }
  }

  async #show() {
    const turn = (this.#turn += 1);
    try {
      const language = this.closest('[lang]')?.lang ?? this.getRootNode().host?.closest('[lang]')?.lang ?? '';
      const [{ show }, sheet, answer] = await Promise.all([program(), style(), offer(language)]);
      if (turn !== this.#turn) return;
      this.#leave();
      const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
      const root = document.createElement('div');
      // Words and numbers of every language of ours run from left to right, also within a page that does not.
      Object.assign(root, { className: 'widget', dir: 'ltr' });
      root.part.add('root');
      shadow.adoptedStyleSheets = [sheet];
      shadow.replaceChildren(root);
      this.#shown = show(root, this, SERVER, answer, this.#kept);
      if (!this.#shown) throw new Error(`the answer of ${SERVER}/api/widget is not understood`);
      warned = false;
    } catch (error) {
      if (turn === this.#turn) this.#apologise(error);
    }
  }

  #leave() {
    if (!this.#shown) return;
    this.#kept = this.#shown.choice();
    this.#shown.free();
    this.#shown = undefined;
    this.shadowRoot.replaceChildren();
  }

  // Shows what stands in the element; a way to the prices, if nothing does.
  #apologise(error) {
    if (!warned) {
      const blocked = error instanceof WebAssembly.CompileError ? ` Does the policy of the page allow it? If it cannot, use the frame: ${SERVER}/embed/pricing` : '';
      console.warn(`<${NAME}>: prices could not be loaded from ${SERVER}; what stands in the element is shown.${blocked}`, error);
      warned = true;
    }
    const isEmpty = !this.firstElementChild && !this.textContent.trim();
    if (!isEmpty && !this.shadowRoot) return;
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const instead = document.createElement(isEmpty ? 'a' : 'slot');
    if (isEmpty) Object.assign(instead, { href: `${SERVER}/pricing`, textContent: `${new URL(SERVER).host}/pricing` });
    shadow.replaceChildren(instead);
  }
}

const defined = customElements.get(NAME);
if (!defined) customElements.define(NAME, Pricing);
else console.warn(`<${NAME}> stands on this page already, from ${defined.server}; the one of ${import.meta.url} is not used.`);
