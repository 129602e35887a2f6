import type { NextConfig } from 'next';

const config: NextConfig = {
  // No server: the pages are files on S3 behind CloudFront, so nothing starts cold.
  output: 'export',
  // The same sources must give the same files, or every synthesis would differ. scripts/build-web.ts sets it from the sources.
  generateBuildId: () => process.env.WEB_BUILD_ID ?? 'development',
  // `next build` checks types through TypeScript's JavaScript API, which TypeScript 7 does not have; `npm run typecheck` does it.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  poweredByHeader: false,
  reactStrictMode: true,
};
export default config;
