/// <reference path="./sst-platform.d.ts" />
/**
 * A preview of the web application for every pull request: `sst deploy --stage pr-<number>` puts this branch's pages behind a
 * CloudFront distribution of their own, and sends `/api` on to a shared stage. CDK owns everything else (infra/).
 *
 * SST downloads Pulumi and providers at its first run, so this cannot be deployed, or even tried, without network access. It is kept
 * thin and typechecked (tsconfig.sst.json, against the parts of SST's types that it uses).
 */
export default $config({
  app(input) {
    return {
      name: 'mewayz-web',
      home: 'aws',
      // A preview is gone with its pull request.
      removal: 'remove',
      protect: !(input?.stage ?? '').startsWith('pr-'),
    };
  },
  async run() {
    const shared = process.env.MEWAYZ_STAGE ?? 'dev';
    // The shared stage's own CloudFront adds the secret that its API asks for, so no preview holds it.
    const { value: sharedUrl } = await aws.ssm.getParameter({ name: `/mewayz/${shared}/web-url` });
    const router = new sst.aws.Router('Preview');
    router.route('/api', sharedUrl);
    new sst.aws.StaticSite('Web', {
      build: { command: 'npm run build:web', output: 'web/out' },
      errorPage: '404.html',
      router: { instance: router },
    });
    return { url: router.url, api: sharedUrl };
  },
});
