import type { NextConfig } from 'next';

/** Where a platform runs, for `next dev` only: `API_ORIGIN=http://localhost:3000 npx next dev web -p 3400`. */
const apiOrigin = process.env.NODE_ENV === 'development' ? process.env.API_ORIGIN : undefined;

const config: NextConfig = {
  // No server: the pages are files on S3 behind CloudFront, so nothing starts cold.
  output: apiOrigin ? undefined : 'export',
  ...(apiOrigin && { rewrites: async () => [{ source: '/api/:path*', destination: `${apiOrigin}/api/:path*` }] }),
  // Several development servers can run side by side, each in a folder of its own.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  // The same sources must give the same files, or every synthesis would differ. scripts/build-web.ts sets it from the sources.
  generateBuildId: () => process.env.WEB_BUILD_ID ?? 'development',
  // `next build` checks types through TypeScript's JavaScript API, which TypeScript 7 does not have; `npm run typecheck` does it.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  poweredByHeader: false,
  reactStrictMode: true,
};
export default config;
