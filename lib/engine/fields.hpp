#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/json.hpp"

namespace engine {

// The first thing in a reply that is not as the API promises it.
class Mismatch {
public:
    void note(std::string what) {
        if (!what_) {
            what_ = std::move(what);
        }
    }
    [[nodiscard]] const std::optional<std::string>& what() const { return what_; }

private:
    std::optional<std::string> what_;
};

// Reads the fields of a JSON object. A field that is absent or null reads as empty, zero or false,
// as Go writes and reads them; one of another type is noted as a mismatch and reads the same. So
// reading runs to the end without a branch, and whoever started it asks the mismatch at last. The
// JSON must outlive it.
class Fields {
public:
    Fields(const Json& object, Mismatch& mismatch, std::string path = "");

    [[nodiscard]] bool has(const std::string& name) const;  // neither absent nor null
    [[nodiscard]] std::string text(const std::string& name) const;
    [[nodiscard]] bool flag(const std::string& name) const;
    [[nodiscard]] std::int64_t integer(const std::string& name) const;
    [[nodiscard]] Fields object(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> texts(const std::string& name) const;  // of an array
    [[nodiscard]] std::vector<Fields> objects(const std::string& name) const;     // of an array
    [[nodiscard]] std::map<std::string, std::string> text_map(const std::string& name) const;

    // Of an array of arrays of two texts each.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> pairs(
        const std::string& name) const;

    // For objects whose keys are data; sorted.
    [[nodiscard]] std::vector<std::string> keys() const;

    // As `text` and `integer`, with more that must hold.
    [[nodiscard]] std::string text_where(const std::string& name,
                                         bool (*holds)(std::string_view)) const;
    [[nodiscard]] std::int64_t integer_within(const std::string& name, std::int64_t least,
                                              std::int64_t most) const;

    // Notes that the field is not as promised.
    void mismatch(const std::string& name, std::string_view promised) const;

private:
    [[nodiscard]] const Json* find(const std::string& name) const;
    [[nodiscard]] const Json* find_array(const std::string& name) const;
    [[nodiscard]] std::string path_to(std::string_view name) const;

    const Json* object_;  // null: empty
    Mismatch* mismatch_;
    std::string path_;  // where the object is: State.Health
};

}  // namespace engine
