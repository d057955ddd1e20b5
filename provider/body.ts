import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads JSON bodies strictly: UTF-8, one JSON text. An empty body is no body, whatever its content type says. */
export function addBodyParsers(app: FastifyInstance): void {
  // Clients that authenticate without an argument send a content type all the same, and then there is nothing to validate.
  app.addHook('onRequest', (request, _reply, next) => {
    const {
      'content-length': length = '0',
      'transfer-encoding': transfer,
      'content-encoding': coding,
    } = request.headers;
    if (length === '0' && transfer === undefined) delete request.headers['content-type'];
    else if (coding !== undefined && coding !== 'identity')
      return next(new Problem(415, 'The body must not be encoded.'));
    next();
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    try {
      done(null, JSON.parse(utf8.decode(body as Buffer)));
    } catch {
      done(new Problem(400, 'The body is no JSON in UTF-8.'), undefined);
    }
  });
  // Disconnect has no body, and some clients send a content type with it all the same.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0 || request.url.endsWith('/disconnect')) return done(null, undefined);
    done(new Problem(415, 'The body must be application/json.'), undefined);
  });
}
