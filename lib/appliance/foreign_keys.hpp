#pragma once

#include <optional>
#include <string_view>

namespace appliance {

// A key that Compose, Kubernetes, Marathon or Nomad have and pivot does not, or not by that name.
struct ForeignKey {
    enum class Kind {
        elsewhere,  // there is another way to say it here, or no need to
        absent      // what it does cannot be had yet
    };
    std::string_view object;  // that people write it in, by its name in known_objects()
    std::string_view names;   // separated by spaces
    Kind kind;
    std::string_view advice;
};

// Letter case and `_` or `-` between words do not count.
[[nodiscard]] const ForeignKey* find_foreign_key(std::string_view object, std::string_view key);

// Whether one of `words`, which spaces separate, is the key as find_foreign_key compares.
[[nodiscard]] bool has_word(std::string_view words, std::string_view key);

}  // namespace appliance
