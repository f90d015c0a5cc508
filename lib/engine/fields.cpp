#include "engine/fields.hpp"

#include <utility>

#include <fmt/format.h>

namespace engine {

Fields::Fields(const Json& object, Mismatch& mismatch, std::string path)
    : object_(&object), mismatch_(&mismatch), path_(std::move(path)) {
    if (object.is_null()) {
        object_ = nullptr;
    } else if (!object.is_object()) {
        object_ = nullptr;
        mismatch.note(fmt::format("{} is no object", path_.empty() ? "the reply" : path_));
    }
}

bool Fields::has(const std::string& name) const { return find(name) != nullptr; }

std::string Fields::text(const std::string& name) const {
    const auto* const value = find(name);
    if (value == nullptr) {
        return {};
    }
    if (!value->is_string()) {
        mismatch(name, "text");
        return {};
    }
    return value->get_ref<const std::string&>();
}

bool Fields::flag(const std::string& name) const {
    const auto* const value = find(name);
    if (value == nullptr) {
        return false;
    }
    if (!value->is_boolean()) {
        mismatch(name, "true or false");
        return false;
    }
    return value->get<bool>();
}

std::int64_t Fields::integer(const std::string& name) const {
    const auto* const value = find(name);
    if (value == nullptr) {
        return 0;
    }
    const bool fits = value->is_number_unsigned()
                          ? std::in_range<std::int64_t>(value->get<std::uint64_t>())
                          : value->is_number_integer();
    if (!fits) {
        mismatch(name, "an integer");
        return 0;
    }
    return value->get<std::int64_t>();
}

Fields Fields::object(const std::string& name) const {
    static const Json nothing;
    const auto* const value = find(name);
    return {value == nullptr ? nothing : *value, *mismatch_, path_to(name)};
}

std::vector<std::string> Fields::texts(const std::string& name) const {
    std::vector<std::string> texts;
    if (const auto* const array = find_array(name)) {
        for (const auto& element : *array) {
            if (element.is_string()) {
                texts.push_back(element.get_ref<const std::string&>());
            } else {
                mismatch(name, "an array of texts");
            }
        }
    }
    return texts;
}

std::vector<Fields> Fields::objects(const std::string& name) const {
    std::vector<Fields> objects;
    if (const auto* const array = find_array(name)) {
        for (const auto& element : *array) {
            objects.emplace_back(element, *mismatch_, path_to(name));
        }
    }
    return objects;
}

std::map<std::string, std::string> Fields::text_map(const std::string& name) const {
    std::map<std::string, std::string> texts;
    const auto fields = object(name);
    for (auto& key : fields.keys()) {
        auto value = fields.text(key);
        texts.emplace_hint(texts.end(), std::move(key), std::move(value));
    }
    return texts;
}

std::vector<std::pair<std::string, std::string>> Fields::pairs(const std::string& name) const {
    std::vector<std::pair<std::string, std::string>> pairs;
    if (const auto* const array = find_array(name)) {
        for (const auto& pair : *array) {
            if (pair.is_array() && pair.size() == 2 && pair[0].is_string() && pair[1].is_string()) {
                pairs.emplace_back(pair[0].get<std::string>(), pair[1].get<std::string>());
            } else {
                mismatch(name, "an array of pairs of texts");
            }
        }
    }
    return pairs;
}

std::vector<std::string> Fields::keys() const {
    std::vector<std::string> keys;
    if (object_ != nullptr) {
        for (const auto& [key, value] : object_->items()) {
            keys.push_back(key);
        }
    }
    return keys;
}

std::string Fields::text_where(const std::string& name, bool (*holds)(std::string_view)) const {
    auto value = text(name);
    if (!holds(value)) {
        mismatch(name, "as the API writes it");
        return {};
    }
    return value;
}

std::int64_t Fields::integer_within(const std::string& name, std::int64_t least,
                                    std::int64_t most) const {
    const auto value = integer(name);
    if (value < least || value > most) {
        mismatch(name, fmt::format("between {} and {}", least, most));
        return 0;
    }
    return value;
}

void Fields::mismatch(const std::string& name, std::string_view promised) const {
    mismatch_->note(fmt::format("{} is not {}", path_to(name), promised));
}

const Json* Fields::find(const std::string& name) const {
    if (object_ == nullptr) {
        return nullptr;
    }
    const auto found = object_->find(name);
    return found == object_->end() || found->is_null() ? nullptr : &*found;
}

const Json* Fields::find_array(const std::string& name) const {
    const auto* const value = find(name);
    if (value != nullptr && !value->is_array()) {
        mismatch(name, "an array");
        return nullptr;
    }
    return value;
}

std::string Fields::path_to(std::string_view name) const {
    return path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name);
}

}  // namespace engine
