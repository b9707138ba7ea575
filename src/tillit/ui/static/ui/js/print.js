/** A button that prints the page. It is hidden until the script is here, for without it it would do nothing. */
document.querySelectorAll('[data-print]').forEach((button) => {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
});
