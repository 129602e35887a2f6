/**
 * Builds the web app into `web/out`: Next's static export, then two things that Next does not do. Inline scripts move into
 * files, because the content security policy allows none; the assets of the API's documentation page are copied from
 * swagger-ui-dist, because everything comes from our own origin.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourcesHash } from './freshness.ts';

const out = 'web/out';

/** `<script>…</script>` → `<script src="…">`: same order, same moment of execution, no inline code. */
function externalizeScripts(html: string, write: (name: string, code: string) => void): string {
  return html.replace(
    /<script(?![^>]*\bsrc=)([^>]*)>([\s\S]*?)<\/script>/g,
    (whole, attributes: string, code: string) => {
      if (/type="(?!text\/javascript|module)/.test(attributes)) return whole;
      const name = `${createHash('sha256').update(code).digest('hex').slice(0, 20)}.js`;
      write(name, code);
      return `<script${attributes} src="/_next/static/inline/${name}"></script>`;
    },
  );
}

rmSync('web/.next', { recursive: true, force: true });
const build = spawnSync('next', ['build', 'web'], {
  env: {
    ...process.env,
    WEB_BUILD_ID: sourcesHash(['web', 'shared', 'package-lock.json']).slice(0, 16),
    NEXT_TELEMETRY_DISABLED: '1',
  },
  encoding: 'utf8',
});
if (build.status !== 0) {
  process.stderr.write(build.stdout + build.stderr);
  process.exit(build.status ?? 1);
}

const inline = join(out, '_next/static/inline');
mkdirSync(inline, { recursive: true });
for (const page of globSync(`${out}/**/*.html`)) {
  const html = readFileSync(page, 'utf8');
  writeFileSync(
    page,
    externalizeScripts(html, (name, code) => writeFileSync(join(inline, name), code)),
  );
}

mkdirSync(join(out, 'docs-assets'), { recursive: true });
for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
  cpSync(join('node_modules/swagger-ui-dist', file), join(out, 'docs-assets', file));
}
