#include "engine/error.hpp"

namespace engine {

bool is_status(const Error& error, int status) {
    const auto* const refused = std::get_if<Refused>(&error);
    return refused != nullptr && refused->status == status;
}

}  // namespace engine
