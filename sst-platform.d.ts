/**
 * The part of SST 4.9's platform types that sst.config.ts uses. SST itself generates them whole (`sst install` →
 * `.sst/platform/config.d.ts`), with packages that are downloaded then.
 */
interface SstApp {
  name: string;
  home: 'aws' | 'cloudflare' | 'local';
  removal?: 'remove' | 'retain' | 'retain-all';
  protect?: boolean;
}
interface SstConfig {
  app(input?: { stage?: string }): SstApp;
  run(): Promise<Record<string, unknown> | undefined>;
}
declare function $config(config: SstConfig): SstConfig;

declare namespace aws.ssm {
  function getParameter(args: { name: string }): Promise<{ readonly value: string }>;
}
declare namespace sst.aws {
  class Router {
    constructor(name: string);
    readonly url: unknown;
    route(pattern: string, url: string): void;
  }
  class StaticSite {
    constructor(
      name: string,
      args: {
        path?: string;
        build: { command: string; output: string };
        errorPage?: string;
        router?: { instance: Router; path?: string };
      },
    );
    readonly url: unknown;
  }
}
