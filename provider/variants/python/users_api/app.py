"""The four operations."""

import contextlib
import re
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from users_api.file_store import FileStore
from users_api.guard import Guard
from users_api.keys import IssuerKeys, IssuerUnavailable
from users_api.oauth_token import OAuthToken, read_oauth_token
from users_api.problem import Problem, on_fault, on_refusal
from users_api.settings import Settings
from users_api.store import Store
from users_api.user import User, read_profile
from users_api.verify import InvalidToken, TokenVerifier

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def create_app(settings: Settings, store: Store | FileStore) -> Starlette:
    verifier = TokenVerifier(IssuerKeys(settings.issuer), settings.issuer)

    async def snapshot(request: Request) -> Response:
        return store.snapshot().answer_unless_known(request)

    async def one(request: Request) -> Response:
        user = store.find(_id(request))
        if user is None:
            raise Problem(410, "There is no such user, or no longer.")
        return user.page.answer_unless_known(request)

    async def authenticate(request: Request) -> Response:
        user = await _sign_in(await _read_token(request), settings.audience, verifier, store)
        return user.page.answer()

    async def disconnect(request: Request) -> Response:
        await store.remove(_id(request))
        return store.snapshot().answer()

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok")

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await store.close()

    app = Starlette(
        routes=[
            Route("/users", snapshot),
            Route("/users/authenticate/from_token", authenticate, methods=["POST"]),
            Route("/users/{user}", one),
            Route("/users/{user}/disconnect", disconnect, methods=["POST"]),
            Route("/.well-known/health", health),
        ],
        middleware=[Middleware(Guard, host=settings.host)],
        exception_handlers={HTTPException: on_refusal, Exception: on_fault},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    return app


async def _sign_in(token: OAuthToken, audience: str, verifier: TokenVerifier, store: Store | FileStore) -> User:
    """The profile comes from the id token where there is one, which must then be as good as the access token."""
    try:
        claims = await verifier.claims(token.access_token, audience)
        client = claims.get("azp", claims.get("client_id"))
        if token.id_token and isinstance(client, str):
            identity = await verifier.claims(token.id_token, client)
            if identity["sub"] != claims["sub"]:
                raise InvalidToken
            claims |= identity
    except InvalidToken:
        raise Problem(401, "The token is not valid.", {"WWW-Authenticate": 'Bearer error="invalid_token"'}) from None
    except IssuerUnavailable:
        raise Problem(503, "The issuer of the tokens does not answer.", {"Retry-After": "1"}) from None
    profile = read_profile(claims)
    wanted_name = profile.get("vanityname") or profile.get("email", "").partition("@")[0] or "user"
    return await store.sign_in(claims["sub"], profile, wanted_name)


async def _read_token(request: Request) -> OAuthToken:
    """The body's, else the one of the Authorization header, which some clients send without `Bearer`."""
    body = await request.body()
    content_type = request.headers.get("content-type", "")
    if (body or content_type) and content_type.partition(";")[0].strip().lower() != "application/json":
        raise Problem(415, "The body must be application/json.")
    if body:
        return read_oauth_token(body)
    words = request.headers.get("authorization", "").split()
    if len(words) == 2 and words[0].lower() == "bearer":
        words = words[1:]
    if len(words) != 1:
        raise Problem(401, "There is no token.", {"WWW-Authenticate": "Bearer"})
    return OAuthToken(words[0], None)


def _id(request: Request) -> str:
    id = request.path_params["user"]
    if not UUID.fullmatch(id):
        raise Problem(422, "The id of a user is a UUID.")
    return id.lower()

