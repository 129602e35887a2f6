/* Asks who is signed in while the code of the page is still loading; lib/connection.ts hands the answer to the first who asks. */
(() => {
  // The page was quicker and has asked already.
  if (globalThis.__mewayzMe === null) return;
  const answer = fetch('/api/v1/auth/me', { headers: { accept: 'application/json' }, credentials: 'same-origin' });
  // Who takes the answer is told of the failure; that nobody may have taken it yet is none.
  answer.catch(() => undefined);
  globalThis.__mewayzMe = answer;
})();
