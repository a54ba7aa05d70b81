#include "qr/png.h"

#include <png.h>
#include <qrencode.h>

#include <memory>
#include <vector>

namespace wardkeep::qr {
namespace {

constexpr std::size_t kQuietZone = 4;
constexpr std::size_t kPixelsPerModule = 4;

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};
using Code = std::unique_ptr<QRcode, FreeCode>;

// One byte a pixel, row after row.
std::vector<uint8_t> Draw(const QRcode& code, std::size_t side) {
  constexpr uint8_t kWhite = 255;
  std::vector<uint8_t> pixels(side * side, kWhite);
  const auto modules = static_cast<std::size_t>(code.width);
  for (std::size_t y = 0; y < side; ++y) {
    for (std::size_t x = 0; x < side; ++x) {
      const std::size_t row = y / kPixelsPerModule;
      const std::size_t column = x / kPixelsPerModule;
      if (row < kQuietZone || row >= modules + kQuietZone || column < kQuietZone ||
          column >= modules + kQuietZone) {
        continue;
      }
      // The lowest bit of a module says that it is black.
      if ((code.data[(row - kQuietZone) * modules + column - kQuietZone] & 1) != 0) pixels[y * side + x] = 0;
    }
  }
  return pixels;
}

}  // namespace

base::Result<std::string> EncodePng(std::string_view text) {
  const base::Error unfit(base::ErrorCode::kInvalid, "the text does not fit into a QR code");
  if (text.empty() || text.find('\0') != std::string_view::npos) return unfit;
  const Code code(QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M));
  if (code == nullptr) return unfit;
  const std::size_t side = (static_cast<std::size_t>(code->width) + 2 * kQuietZone) * kPixelsPerModule;
  const std::vector<uint8_t> pixels = Draw(*code, side);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = image.height = static_cast<png_uint_32>(side);
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = 0;
  if (png_image_write_to_memory(&image, nullptr, &size, 0, pixels.data(), 0, nullptr) == 0) {
    return base::Error(base::ErrorCode::kInternal, image.message);
  }
  std::string png(size, '\0');
  if (png_image_write_to_memory(&image, png.data(), &size, 0, pixels.data(), 0, nullptr) == 0) {
    return base::Error(base::ErrorCode::kInternal, image.message);
  }
  png.resize(size);
  return png;
}

}  // namespace wardkeep::qr
