"""Single sign-on as the environment switches it on: allauth's providers for the settings. Nothing set: none."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

Providers = dict[str, dict[str, Any]]


def providers(environment: Mapping[str, str]) -> Providers:
    """`SOCIALACCOUNT_PROVIDERS` from LACHAN_OIDC_… and LACHAN_SAML_…; what is half set stops the start with a sentence."""
    found: Providers = {}
    if environment.get("LACHAN_OIDC_URL"):
        found["openid_connect"] = {"APPS": [_oidc(environment)]}
    if environment.get("LACHAN_SAML_METADATA"):
        found["saml"] = {"APPS": [_saml(environment)]}
    return found


def _oidc(environment: Mapping[str, str]) -> dict[str, Any]:
    for name in ("LACHAN_OIDC_CLIENT_ID", "LACHAN_OIDC_SECRET"):
        if not environment.get(name):
            raise SystemExit(f"Có LACHAN_OIDC_URL thì cần / with LACHAN_OIDC_URL set, needed: {name}")
    return {
        "provider_id": "oidc",
        "name": environment.get("LACHAN_OIDC_NAME", "OpenID Connect"),
        "client_id": environment["LACHAN_OIDC_CLIENT_ID"],
        "secret": environment["LACHAN_OIDC_SECRET"],
        "settings": {
            "server_url": environment["LACHAN_OIDC_URL"].rstrip("/"),
            "oauth_pkce_enabled": True,
            "email_claim": environment.get("LACHAN_OIDC_EMAIL_CLAIM", "email"),
            "trust_email": _is_on(environment, "LACHAN_OIDC_TRUST_EMAIL"),
        },
    }


def _saml(environment: Mapping[str, str]) -> dict[str, Any]:
    file = Path(environment["LACHAN_SAML_METADATA"])
    try:
        idp = OneLogin_Saml2_IdPMetadataParser.parse(file.read_text(encoding="utf-8"))["idp"]
        sso_url, certificate, entity = idp["singleSignOnService"]["url"], _certificate(idp), idp["entityId"]
    except (OSError, KeyError, ValueError, SyntaxError) as error:
        raise SystemExit(f"LACHAN_SAML_METADATA: không đọc được / cannot read {file}: {error}") from error
    attribute = environment.get("LACHAN_SAML_EMAIL_ATTRIBUTE")
    return {
        "provider_id": "saml",
        "name": environment.get("LACHAN_SAML_NAME", "SAML"),
        "client_id": "saml",
        "settings": {
            "idp": {"entity_id": entity, "sso_url": sso_url, "x509cert": certificate},
            "advanced": {"want_assertion_signed": True, "allow_single_label_domains": True},
            "trust_email": _is_on(environment, "LACHAN_SAML_TRUST_EMAIL"),
            **(
                {"attribute_mapping": {"email": [attribute], "email_verified": ["email_verified"]}} if attribute else {}
            ),
        },
    }


def _certificate(idp: Mapping[str, Any]) -> str:
    """The one the answers are signed with; some servers list several."""
    one: str = idp["x509cert"] if "x509cert" in idp else idp["x509certMulti"]["signing"][0]
    return one


def _is_on(environment: Mapping[str, str], name: str) -> bool:
    return environment.get(name, "").strip().lower() in ("1", "true", "yes", "on")
