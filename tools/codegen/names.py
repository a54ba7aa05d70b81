"""C++ names and literals for names and texts of a model."""
import re

KEYWORDS = {"default", "namespace", "operator", "class", "struct", "enum", "union", "template", "new", "delete",
            "public", "private", "protected", "register", "export", "double", "float", "int", "long", "short",
            "char", "bool", "void", "auto", "const", "for", "while", "if", "else", "switch", "case", "return",
            "this", "try", "catch", "throw", "using", "virtual", "static", "signed", "unsigned", "and", "or", "not"}

# Plural acronyms: "PolicyARNs" is policy_arns, not policy_ar_ns.
PLURAL_ACRONYM = re.compile(r"(ARN|URL|URI|ID|IP|MFA|DNS)s(?![a-z])")


def snake(name):
    """UserName -> user_name, MFADevices -> mfa_devices, SSHPublicKeyId -> ssh_public_key_id."""
    text = PLURAL_ACRONYM.sub(lambda m: m.group(1).capitalize() + "s", name)
    text = re.sub(r"[^A-Za-z0-9]+", "_", text)
    text = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", text)
    text = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", text).lower()
    if text[0].isdigit():
        text = "_" + text
    return text + "_" if text in KEYWORDS else text


def pascal(name):
    text = re.sub(r"[^A-Za-z0-9]+(.)", lambda m: m.group(1).upper(), name)
    return text[0].upper() + text[1:]


def literal(text):
    """A C++ string literal, ASCII, that no digit after an escape can change."""
    out = []
    for byte in text.encode("utf-8"):
        char = chr(byte)
        if char in '"\\':
            out.append("\\" + char)
        elif 32 <= byte < 127:
            out.append(char)
        else:
            out.append(f"\\{byte:03o}")
    return '"' + "".join(out) + '"'
