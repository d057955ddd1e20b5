import { parseArgs } from 'node:util';
import { startIssuer } from './issuer.ts';

/** The issuer as a program, for the image that docker-compose.yml runs beside the provider. SIGTERM ends it. */
const { values } = parseArgs({
  options: {
    /** By this name providers reach it. */
    host: { type: 'string', default: '127.0.0.1' },
    /** The address to listen on. */
    bind: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '9000' },
    audience: { type: 'string', default: 'https://users-api.assay.test' },
  },
});
const { host, bind, port, audience } = values;
const issuer = await startIssuer({ host, bind, port: Number(port), audience });
process.stdout.write(`issuer ${issuer.url}, audience ${issuer.audience}\n`);

const stop = () => void issuer[Symbol.asyncDispose]();
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
