// @ts-check

for (const button of document.querySelectorAll('button[data-copy]')) {
  if (!(button instanceof HTMLButtonElement)) continue;
  const field = document.getElementById(button.dataset.copy ?? '');
  if (!(field instanceof HTMLInputElement)) continue;
  button.hidden = false;
  const asking = button.textContent;
  button.addEventListener('click', async () => {
    field.select();
    // The newer way is there only under https, and only where the reader allows it.
    const copied = await navigator.clipboard?.writeText(field.value).then(
      () => true,
      () => false,
    );
    if (!copied && !document.execCommand('copy')) return;
    button.textContent = button.dataset.done ?? asking;
    setTimeout(() => {
      button.textContent = asking;
    }, 2000);
  });
}
