'use strict';
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const today = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const other = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

  // Every time on a page: in the viewer's zone, the zone named in the head and in the tooltip.
  function showTimes(root) {
    for (const time of root.querySelectorAll('time[datetime]')) {
      const at = new Date(time.dateTime);
      if (isNaN(at)) continue;
      const same = at.toDateString() === new Date().toDateString();
      time.textContent = (same ? today : other).format(at);
      time.title = time.dateTime + ' (shown in ' + zone + ')';
    }
  }

  function showProgress(event) {
    const now = document.getElementById('now');
    if (!now) return;
    const bar = now.querySelector('progress');
    const words = now.querySelector('[data-words]');
    bar.hidden = !event.active;
    if (!event.step) return;
    if (event.expected > 0) {
      bar.max = event.expected;
      bar.value = event.done;
    } else {
      bar.removeAttribute('value');
    }
    const number = n => n.toLocaleString();
    const much = number(event.done) + (event.expected > 0 ? ' of ' + number(event.expected) : '');
    const calls = event.calls > 0 ? ', ' + event.calls + (event.calls === 1 ? ' call' : ' calls') : '';
    words.textContent = (event.active ? event.step : 'Idle. Last: ' + event.step) + ' — ' + much + calls
      + (event.active ? '' : ', ' + today.format(new Date(event.at)));
  }

  function follow() {
    const events = new EventSource('/events');
    const link = document.getElementById('link');
    const say = text => { if (link.textContent !== text) link.textContent = text; };
    events.addEventListener('hello', () => say('live'));
    events.addEventListener('progress', event => showProgress(JSON.parse(event.data)));
    events.addEventListener('changed', () => document.body.dispatchEvent(new Event('changed')));
    events.onerror = () => say('connection lost, trying again');
    addEventListener('pagehide', () => events.close());
  }

  document.addEventListener('DOMContentLoaded', () => {
    document.getElementById('zone').textContent = zone;
    showTimes(document);
    if (document.querySelector('[data-live]')) follow();
  });
  document.addEventListener('htmx:afterSettle', event => showTimes(event.target.isConnected ? event.target : document));
  document.addEventListener('htmx:afterSwap', event => {
    if (event.detail.target.id === 'why') document.getElementById('why-dialog').showModal();
  });
  // A refresh must not take the focus away from under a keyboard: it returns to the same link or button.
  const same = element => [element.tagName, element.getAttribute('href'), element.getAttribute('aria-label')].join(' ');
  let focused = null;
  document.addEventListener('htmx:beforeSwap', event => {
    const active = document.activeElement;
    focused = event.detail.target.matches('section') && event.detail.target.contains(active) ? same(active) : null;
  });
  document.addEventListener('htmx:afterSwap', event => {
    if (focused === null) return;
    const again = [...event.detail.target.querySelectorAll('a, button')].find(element => same(element) === focused);
    if (again) again.focus({ preventScroll: true });
    focused = null;
  });
})();
