// Inside the frame: tells the page around how high the prices are, and what is done with them.
//
// Only the page that holds the frame is listened to, and it is answered at the origin that it spoke from.

let origin;
let quote;

const tell = (message) => origin && parent.postMessage(message, origin);
const height = () => Math.ceil(document.documentElement.getBoundingClientRect().height);
const tellHeight = () => tell({ type: 'onedesk:height', height: height() });

addEventListener('message', ({ source, origin: from, data }) => {
  // A page without an origin of its own cannot be answered alone.
  if (parent === window || source !== parent || from === 'null' || data?.type !== 'onedesk:hello') return;
  origin = from;
  tellHeight();
  if (quote) tell(quote);
});

document.addEventListener('onedesk:quote', ({ type, detail }) => tell((quote = { type, detail })));
document.addEventListener('onedesk:choose', ({ type, detail }) => tell({ type, detail }));
new ResizeObserver(tellHeight).observe(document.documentElement);

// It says nothing but that somebody may ask now, so anybody may hear it.
if (parent !== window) parent.postMessage({ type: 'onedesk:ready' }, '*');
