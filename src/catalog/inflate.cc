#include "catalog/inflate.h"

#include <zlib.h>

#include "base/assert.h"

namespace wardkeep::catalog {

std::string Inflate(const unsigned char* packed, std::size_t packed_size, std::size_t unpacked_size) {
  std::string out(unpacked_size, '\0');
  z_stream stream{};
  stream.next_in = const_cast<Bytef*>(packed);  // zlib only reads it
  stream.avail_in = static_cast<uInt>(packed_size);
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(unpacked_size);
  WK_ASSERT(inflateInit2(&stream, -MAX_WBITS) == Z_OK);
  const int status = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  WK_ASSERT(status == Z_STREAM_END && stream.avail_out == 0);
  return out;
}

}  // namespace wardkeep::catalog
