"""What the strict models need: each field of the type that pydantic takes without coercion."""

from pact import match

# A uuid of any version in either case; a pact keeps no flags.
uuid = match.regex(
    "497f6eca-6276-4993-bfeb-53cbbbba6f08", regex="^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"
)

timestamp = {
    "value": match.regex(
        "2026-01-02T03:04:05.678901Z",
        regex=r"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$",
    )
}

# This client takes whole sizes only (StrictInt). The description says number, which a size of 12.5 is: no fault of the provider's.
profile = {"id": uuid, "aesthetics": {"theme": {"dark": match.bool(True)}, "font": {"size": match.number(13)}}}

# The docs give no code: whatever says that the request was at fault will do.
REFUSED = {"status": {"$": {"matchers": [{"match": "statusCode", "status": "clientError"}]}}}
