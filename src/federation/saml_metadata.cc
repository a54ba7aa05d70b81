#include "federation/saml_metadata.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <memory>

#include "base/base64.h"
#include "base/time_text.h"
#include "certificate/x509_certificate.h"
#include "xml/markup_bounds.h"

namespace wardkeep::federation {
namespace {

constexpr std::string_view kMetadata = "urn:oasis:names:tc:SAML:2.0:metadata";
constexpr std::string_view kSignature = "http://www.w3.org/2000/09/xmldsig#";
constexpr std::string_view kProtocol = "urn:oasis:names:tc:SAML:2.0:protocol";
constexpr std::size_t kLongestEntityId = 1024;
constexpr std::size_t kMostCertificates = 100;

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
struct FreeContext {
  void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};
using DocumentPtr = std::unique_ptr<xmlDoc, FreeDocument>;

base::Error Invalid(std::string what) {
  return base::Error(base::ErrorCode::kInvalid, std::move(what));
}

std::string_view View(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

bool Is(const xmlNode* node, std::string_view name_space, std::string_view name) {
  return node->type == XML_ELEMENT_NODE && node->ns != nullptr && View(node->ns->href) == name_space &&
         View(node->name) == name;
}

// Child elements of that name.
std::vector<const xmlNode*> Children(const xmlNode* parent, std::string_view name_space,
                                     std::string_view name) {
  std::vector<const xmlNode*> found;
  for (const xmlNode* node = parent->children; node != nullptr; node = node->next) {
    if (Is(node, name_space, name)) found.push_back(node);
  }
  return found;
}

std::optional<std::string> Attribute(const xmlNode* node, const char* name) {
  xmlChar* value = xmlGetNoNsProp(node, reinterpret_cast<const xmlChar*>(name));
  if (value == nullptr) return std::nullopt;
  std::string text(View(value));
  xmlFree(value);
  return text;
}

std::string TextOf(const xmlNode* node) {
  xmlChar* value = xmlNodeGetContent(node);
  std::string text(View(value));
  xmlFree(value);
  return text;
}

// Without a network, without entities replaced, without libxml2's recovery from faults. The encoding is that
// of the API, whatever the declaration says.
DocumentPtr Parse(std::string_view text) {
  // Initialises the library; safe and cheap when done before.
  static const bool ready = (xmlInitParser(), true);
  (void)ready;
  const std::unique_ptr<xmlParserCtxt, FreeContext> context(xmlNewParserCtxt());
  if (context == nullptr) return nullptr;
  constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA;
  return DocumentPtr(xmlCtxtReadMemory(context.get(), text.data(), static_cast<int>(text.size()), nullptr,
                                       "UTF-8", kOptions));
}

bool Speaks(const xmlNode* role, std::string_view protocol) {
  const std::string all = " " + Attribute(role, "protocolSupportEnumeration").value_or("") + " ";
  return all.find(" " + std::string(protocol) + " ") != std::string::npos;
}

base::Result<std::string> ReadCertificateText(const std::string& text) {
  std::string packed;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') packed.push_back(c);
  }
  const auto der = base::Base64Decode(packed);
  if (!der) return Invalid("a certificate is not base64");
  std::string bytes(der->begin(), der->end());
  if (!certificate::X509Certificate::FromDer(bytes)) return Invalid("a certificate is broken");
  return bytes;
}

// The certificates of a role's keys that sign: those marked so and those without a mark.
base::Result<std::vector<std::string>> SigningCertificates(const xmlNode* role) {
  std::vector<std::string> certificates;
  for (const xmlNode* key : Children(role, kMetadata, "KeyDescriptor")) {
    if (Attribute(key, "use").value_or("signing") != "signing") continue;
    for (const xmlNode* info : Children(key, kSignature, "KeyInfo")) {
      for (const xmlNode* data : Children(info, kSignature, "X509Data")) {
        for (const xmlNode* one : Children(data, kSignature, "X509Certificate")) {
          WK_ASSIGN(std::string der, ReadCertificateText(TextOf(one)));
          if (certificates.size() == kMostCertificates) return Invalid("there are too many certificates");
          if (std::find(certificates.begin(), certificates.end(), der) == certificates.end()) {
            certificates.push_back(std::move(der));
          }
        }
      }
    }
  }
  return certificates;
}

base::Result<SamlMetadata> ReadEntity(const xmlNode* root) {
  if (!Is(root, kMetadata, "EntityDescriptor")) return Invalid("the root is no EntityDescriptor");
  SamlMetadata metadata;
  metadata.entity_id = Attribute(root, "entityID").value_or("");
  if (metadata.entity_id.empty() || metadata.entity_id.size() > kLongestEntityId) {
    return Invalid("the entityID is missing or too long");
  }
  if (const auto until = Attribute(root, "validUntil")) {
    metadata.valid_until = base::ParseIso8601(*until);
    if (!metadata.valid_until) return Invalid("validUntil is no time");
  }
  for (const xmlNode* role : Children(root, kMetadata, "IDPSSODescriptor")) {
    if (!Speaks(role, kProtocol)) continue;
    WK_ASSIGN(metadata.signing_certificates, SigningCertificates(role));
    if (metadata.signing_certificates.empty()) return Invalid("there is no signing certificate");
    return metadata;
  }
  return Invalid("there is no IDPSSODescriptor for SAML 2.0");
}

}  // namespace

base::Result<SamlMetadata> ReadSamlMetadata(std::string_view text) {
  if (text.size() > kMostMetadataBytes) return Invalid("the document is too large");
  if (text.find('\0') != std::string_view::npos) return Invalid("the document holds a NUL");
  // A document type has no place in metadata and is how entities get in; refused before anything reads it.
  if (text.find("<!DOCTYPE") != std::string_view::npos) return Invalid("the document has a document type");
  if (!xml::IsWithinBounds(text)) return Invalid("the document has too much markup, or broken one");
  const DocumentPtr document = Parse(text);
  const xmlNode* root = document == nullptr ? nullptr : xmlDocGetRootElement(document.get());
  if (root == nullptr) return Invalid("the document is not well-formed");
  return ReadEntity(root);
}

}  // namespace wardkeep::federation
