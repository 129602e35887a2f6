/** Pages that leave each other alone, on one platform: to start one, and a browser, takes the processor as long as many a test. */
import './app/dashboard.ts';
import './app/gallery.ts';
import './app/looks.ts';
// Before those that register many: who is looked for in the list of users stands on its first page.
import './app/trouble.ts';
import './app/orders.ts';
import './app/shell.ts';
