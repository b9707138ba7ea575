/**
 * The link of an invitation carries its code after #. Browsers keep that part to themselves, so it is in no log.
 * Take it out of the address, and post it as the form would.
 */
const form = document.querySelector('[data-invitation]');
const code = decodeURIComponent(window.location.hash.slice(1));

if (form && code) {
  window.history.replaceState(null, '', window.location.pathname);
  form.querySelector('[name="code"]').value = code;
  form.submit();
}
