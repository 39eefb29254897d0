// "/" puts the cursor into the search box, suggestions stand below it while one types, the tools copy the address of
// the view, and charts are had as PNG. Pages work without any of these.

// htmx reads the whole document when it begins, and a page that is read to its end before its first frame would be shown only
// after that. Asked for from here it comes after the frame, and still before the page counts as loaded. It waits for an event
// that has been by then.
const htmxScript = document.createElement('script');
htmxScript.src = document.currentScript.dataset.htmx;
htmxScript.fetchPriority = 'low';
htmxScript.addEventListener('load', () => document.dispatchEvent(new Event('DOMContentLoaded')));
document.head.append(htmxScript);

document.addEventListener('keydown', (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// Suggestions: htmx fetches them; here they are shown, walked through by arrow keys, and put away. The box keeps the focus.
const box = document.querySelector('#find');
const list = document.querySelector('#suggestions');
if (box && list) {
  const options = () => [...list.querySelectorAll('[role=option]')];
  const choose = (chosen) => {
    for (const option of options()) option.setAttribute('aria-selected', option === chosen);
    if (chosen) {
      box.setAttribute('aria-activedescendant', chosen.id);
      chosen.scrollIntoView({ block: 'nearest' });
    } else {
      box.removeAttribute('aria-activedescendant');
    }
  };
  const show = (open) => {
    list.hidden = !open;
    box.setAttribute('aria-expanded', open);
    choose(null);
  };
  box.setAttribute('role', 'combobox');
  box.setAttribute('aria-autocomplete', 'list');
  box.setAttribute('aria-controls', list.id);
  show(false);

  list.addEventListener('htmx:afterSwap', () => show(options().length > 0 && document.activeElement === box));
  box.addEventListener('focus', () => show(options().length > 0 && box.value.trim() !== ''));
  box.addEventListener('input', () => { if (box.value.trim() === '') show(false); });
  box.addEventListener('blur', () => show(false));
  // a press on an option would take the focus from the box, and with it the list, before the click
  list.addEventListener('mousedown', (event) => event.preventDefault());
  box.addEventListener('keydown', (event) => {
    if (list.hidden || event.isComposing) return;
    const all = options();
    const at = all.findIndex((option) => option.id === box.getAttribute('aria-activedescendant'));
    if (event.key === 'ArrowDown') choose(all[at + 1]);
    else if (event.key === 'ArrowUp') choose(at < 0 ? all[all.length - 1] : all[at - 1]);
    else if (event.key === 'Escape') show(false);
    else if (event.key === 'Enter' && at >= 0) all[at].click();
    else return;
    event.preventDefault();
  });
}

// What had the focus before a part of the page was replaced has it again: a link or a box of the same words. (htmx sees to
// what has an id.)
let had = null;
const alike = (within, { tag, words }) =>
  [...within.querySelectorAll(tag)].filter((e) => (e.textContent || e.value) === words);
document.addEventListener('htmx:beforeSwap', ({ target }) => {
  const e = document.activeElement;
  had = null;
  if (e.id || e === target || !target.contains(e)) return;
  had = { part: target.id, tag: e.tagName, words: e.textContent || e.value };
  had.at = alike(target, had).indexOf(e);
});
document.addEventListener('htmx:afterSettle', () => {
  if (!had || document.activeElement !== document.body) return;
  const all = alike(document.getElementById(had.part) || document, had);
  (all[had.at] || all[0])?.focus({ preventScroll: true });
  had = null;
});

// The clipboard is there only on this machine and over TLS.
if (!navigator.clipboard) document.documentElement.classList.add('no-copy');

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy], [data-copy-of]');
  if (!button) return;
  const said = button.textContent;
  const from = button.dataset.copyOf;
  const text = from
    ? document.getElementById(from).value
    : new URL(button.dataset.copy, location.href).href;
  await navigator.clipboard.writeText(text);
  button.textContent = 'Copied';
  setTimeout(() => { button.textContent = said; }, 1500);
});

// A chart as PNG: its SVG file drawn on a canvas, at twice its size.
document.addEventListener('click', async (event) => {
  const link = event.target.closest('[data-png]');
  if (!link) return;
  event.preventDefault();
  const image = new Image();
  image.src = link.href;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * image.naturalWidth;
  canvas.height = 2 * image.naturalHeight;
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  const save = document.createElement('a');
  save.href = canvas.toDataURL('image/png');
  save.download = `gap-explorer-${new URL(link.href).searchParams.get('chart')}.png`;
  save.click();
});

// One of the tools is open at a time; Escape and a click elsewhere close it.
const closeTools = (but) => {
  for (const open of document.querySelectorAll('.tools details[open]')) if (open !== but) open.open = false;
};
document.addEventListener('click', (event) => closeTools(event.target.closest('.tools details')));
document.addEventListener('keydown', (event) => {
  const open = event.key === 'Escape' && document.querySelector('.tools details[open]');
  if (!open) return;
  open.open = false;
  open.querySelector('summary').focus();
});
