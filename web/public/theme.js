/* Runs before the first paint: the theme and the density that this person chose (components/ui/appearance.ts keeps them). */
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem('mewayz.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    if (localStorage.getItem('mewayz.density') === 'compact') root.dataset.density = 'compact';
  } catch {
    // Storage is refused: the theme follows the system.
  }
})();
