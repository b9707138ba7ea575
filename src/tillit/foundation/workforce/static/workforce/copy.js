/** «Kopier»: puts the link on the clipboard. Without this, or where the browser says no, one marks it and copies by hand. */
const field = document.querySelector('[data-copy-from]');
const row = document.querySelector('[data-copy]');
const said = row?.querySelector('[data-copied]');

if (field && row && navigator.clipboard) {
  row.hidden = false;
  row.querySelector('[data-copy-button]').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = said.dataset.copied;
    } catch {
      field.select();
    }
  });
}
