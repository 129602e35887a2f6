/* A form that is sent while the code of the page is still loading waits for it; components/auth/submit.tsx sends it then. */
document.addEventListener(
  'submit',
  (event) => {
    const { dataset } = event.target;
    if ('alive' in dataset) return;
    event.preventDefault();
    dataset.sent = '';
  },
  true,
);
