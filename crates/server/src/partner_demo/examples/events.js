for (const event of ['onedesk:quote', 'onedesk:choose']) {
  document.addEventListener(event, ({ type, target, detail }) => {
    const { plan, seats, period, total } = detail;
    const line = target.closest('section').querySelector('output');
    line.textContent = `${type} – ${plan}, ${seats}, ${period}: ${total.text}`;
  });
}
