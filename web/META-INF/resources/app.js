// "/" puts the cursor into the search box, suggestions stand below it while one types, and "Copy link" copies the address
// of the view. Pages work without any of these.
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

for (const button of document.querySelectorAll('[data-copy]')) button.hidden = !navigator.clipboard;
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const said = button.textContent;
  await navigator.clipboard.writeText(new URL(button.dataset.copy || location.href, location.href).href);
  button.textContent = 'Copied';
  setTimeout(() => { button.textContent = said; }, 1500);
});
