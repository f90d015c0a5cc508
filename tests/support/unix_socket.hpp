#pragma once

#include <string>
#include <string_view>

// Unix sockets for tests' own servers and clients.
namespace support {

// A bound socket on which nobody listens yet; throws where that cannot be.
[[nodiscard]] int bound_to(const std::string& path);
// One that takes connections.
[[nodiscard]] int listen_at(const std::string& path);

// A connection, or -1.
[[nodiscard]] int connect_to(const std::string& path);

// Waits until all of it is written; false when the peer has gone.
bool write_all(int connection, std::string_view bytes);

}  // namespace support
