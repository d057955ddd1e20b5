/** What the reference provider is told by its environment. Source: design.md, "Targets". */
export interface Settings {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Folder of the database; made when it is missing. */
  readonly dataDir: string;
  /** The discovery document lies below it. */
  readonly issuer: string;
  readonly audience: string;
}

/** Throws an Error of one line that names the variable. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const need = (name: string): string => {
    const value = env[name];
    if (!value) throw new Error(`${name} is not set`);
    return value;
  };
  const port = Number(env.PORT ?? '1000');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`PORT=${env.PORT} is no port`);
  const issuer = need('OIDC_ISSUER');
  if (!URL.canParse(issuer)) throw new Error(`OIDC_ISSUER=${issuer} is no URL`);
  return { host: env.HOST ?? '127.0.0.1', port, dataDir: need('DATA_DIR'), issuer, audience: need('OIDC_AUDIENCE') };
}
