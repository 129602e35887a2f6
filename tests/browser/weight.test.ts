/** What a page costs before anybody does anything with it. */
import { weighPages } from '../../scripts/bundle-report.ts';

test('no page loads more JavaScript than its budget, public ones less than those of the app', () => {
  const { pages } = weighPages('web/out');
  expect(pages.length).toBeGreaterThan(20);
  expect(pages.filter(({ isOver }) => isOver)).toEqual([]);
});
