// The partner's own script: writes down what the widgets tell.

for (const output of document.querySelectorAll('[data-of]')) {
  const section = document.getElementById(output.dataset.of);
  const say = ({ type, detail }) => {
    output.textContent = `${type} – ${detail.plan}, ${detail.seats}, ${detail.period}: ${detail.total.text}`;
  };
  section.addEventListener('onedesk:quote', say);
  section.addEventListener('onedesk:choose', say);
}
